import { type DossierConfirmation, dossierConfirmationSchema, eventTypes } from '#schemas/dossier-confirmation.ts';

/**
 * How a dossier system reads our confirmations: an example to copy, with three rules.
 *
 * 1. **Deduplicate by event id, for ever.** We send at least once; the queue drops copies for five minutes only. Write
 *    the id and the change in one transaction: with two, a stop between them loses the change or makes it twice.
 * 2. **Order by `sequence` within a payment, never by arrival or by `time`.** Events come in order on the normal path,
 *    but one that was delayed may come after later ones. It is remembered and applied only where it is newer. Gaps
 *    in the sequence are normal: nobody waits for a number.
 * 3. **Delete a message only after the transaction was committed.** A message that cannot be read is left alone: the
 *    queue moves it aside after some deliveries and a person looks at it.
 *
 * Every event carries full facts, so none needs another one to be understood.
 */
export interface DossierBook {
  /**
   * Does the work in one transaction unless the event id is known, and remembers the id for ever.
   * @returns `false` when the id was known: nothing was done
   */
  once(eventId: string, work: (dossier: DossierWork) => Promise<void>): Promise<boolean>;
}

/** What may be written of one dossier within the transaction. */
export interface DossierWork {
  /** Sequence of the event that set the fee's state last; 0 when there was none. */
  lastSequence(paymentId: string, debtId: string): Promise<number>;
  setFeeState(fee: FeeState): Promise<void>;
  /** By series and number, which name a receipt for ever. */
  addReceipt(receipt: ReceiptNews): Promise<void>;
  /**
   * Marks the receipt as replaced, now or when it is added: news of it may come later, and not at all where it was never
   * signed.
   */
  markReplaced(receipt: Replaced): Promise<void>;
}

type News<Type> = Extract<DossierConfirmation, { type: Type }>['data'];
export type ReceiptNews = News<typeof eventTypes.receiptIssued>;
export type Replaced = News<typeof eventTypes.receiptReplaced>['replaced'];

export interface FeeState {
  readonly dossierCode: string;
  readonly debtId: string;
  readonly paymentId: string;
  readonly state: 'paid' | 'expired' | 'nothing-to-pay' | 'refunded';
  readonly sequence: number;
}

/**
 * Reads one message body of the dossier queue. Returned normally, the message may be deleted.
 * @throws when the body is none of ours or the book cannot be written: leave the message on the queue
 */
export async function readConfirmation(body: string, book: DossierBook): Promise<'applied' | 'known'> {
  const event = dossierConfirmationSchema.parse(JSON.parse(body));
  const isNew = await book.once(event.id, (dossier) => apply(event, dossier));
  return isNew ? 'applied' : 'known';
}

async function apply(event: DossierConfirmation, dossier: DossierWork): Promise<void> {
  const { paymentId, debtId, sequence } = event.data;
  if (event.type === eventTypes.receiptIssued) await dossier.addReceipt(event.data);
  if (event.type === eventTypes.receiptReplaced) {
    const { replaced, ...issued } = event.data;
    await dossier.addReceipt(issued);
    await dossier.markReplaced(replaced);
  }
  const state = feeStateOf(event);
  // An expiry that arrives after the money is old news: money after expiry is money.
  if (state === undefined || sequence <= (await dossier.lastSequence(paymentId, debtId))) return;
  await dossier.setFeeState({ dossierCode: event.subject, debtId, paymentId, state, sequence });
}

const states = {
  [eventTypes.paymentPaid]: 'paid',
  [eventTypes.receiptIssued]: 'paid',
  [eventTypes.paymentExpired]: 'expired',
  [eventTypes.nothingToPay]: 'nothing-to-pay',
} as const;

/** A fee stays paid until all of the money that paid it is back; other money, such as a second payment, never paid it. */
function feeStateOf(event: DossierConfirmation): FeeState['state'] | undefined {
  // Another paper, the same money.
  if (event.type === eventTypes.receiptReplaced) return undefined;
  if (event.type !== eventTypes.paymentRefunded) return states[event.type];
  const { extent, money } = event.data.refund;
  return extent === 'full' && money === 'settlement' ? 'refunded' : undefined;
}
