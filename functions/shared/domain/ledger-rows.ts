import { attemptNumberSchema, type Instant, type PaymentId } from '#schemas/ids.ts';
import type { Suspense } from './assignment.ts';
import { readAttemptRef } from './attempt-ref.ts';
import { businessDateOf } from './calendar.ts';
import type { LedgerEntry, LedgerRow } from './ledger-day.ts';
import { owedConfirmations } from './owed-confirmations.ts';
import type { Attempt, KeptMoney, Money, Payment, Settlement } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Receipt } from './receipt.ts';
import { planReceipts, wasTakenBack } from './receipt-plan.ts';
import type { LedgerState } from './reconciliation.ts';
import { moneyBackOf, type Refund, refundNumberOf } from './refund.ts';
import { moneyOfRefund } from './refundable-money.ts';
import type { MerchantAccountName } from './statement.ts';

/** All that a payment means for the books of an account: what settled it, other money, and what went back. */
export function rowsOfRecord(record: PaymentRecord, account: MerchantAccountName): readonly LedgerRow[] {
  const isOurs = isOf(account);
  const { settlement } = record.payment;
  return [
    ...(settlement !== undefined && isOurs(settlement) ? [rowOfSettled(record, settlement)] : []),
    ...(settlement === undefined ? rowsOfReceiptsAlone(record, account) : []),
    ...record.money.filter(isOurs).map(rowOfKeptMoney),
    ...record.refunds.filter(isOurs).flatMap((refund) => rowsOfRefund(record, refund)),
  ];
}

/**
 * Receipts of a payment that nothing settled: no money, as after a restore to a time before it came. What they were issued
 * for is frozen in them.
 */
function rowsOfReceiptsAlone(record: PaymentRecord, account: MerchantAccountName): readonly LedgerRow[] {
  const { payment, receipts } = record;
  const { paymentId, state } = payment;
  const attempts = Object.values(payment.attempts).filter(isOf(account));
  const issued = receipts.filter(({ content }) => content.gateway === account.gateway);
  const [first] = issued;
  const [attempt] = attempts;
  if (first === undefined || attempt === undefined) return [];
  const { transactionId, paidAt } = first.content;
  const standing = issued.filter(({ replacedBy }) => replacedBy === undefined);
  const amountVnd = standing.reduce((sum, { content }) => sum + content.totalVnd, 0);
  const reference = attempts.length === 1 ? attempt.gatewayRef : null;
  const facts = { reference, transactionId, paidAt, businessDate: businessDateOf(paidAt) };
  const receipt = issued.map(nameOf).join(' ');
  // A payment is never paid without what settled it.
  return [{ ...facts, paymentId, amountVnd, state: state === 'paid' ? 'open' : state, receipt, isConfirmed: false }];
}

/** What the index names of a payment. */
export type PaymentHint = Exclude<LedgerEntry, { kind: 'suspense' | 'unreadable' }>;

export function paymentOf(hint: PaymentHint): PaymentId {
  switch (hint.kind) {
    case 'payment':
      return hint.payment.paymentId;
    case 'money':
      return hint.money.paymentId;
    case 'refund':
      return hint.refund.paymentId;
  }
}

/** What the index alone tells: enough to find the row's other side, too little to accuse anybody. */
export function rowsOfHint(hint: PaymentHint): readonly LedgerRow[] {
  switch (hint.kind) {
    case 'payment': {
      const { payment } = hint;
      return payment.settlement === undefined ? [] : [rowOfSettlement(payment, payment.settlement)];
    }
    case 'money':
      return [rowOfKeptMoney(hint.money)];
    case 'refund':
      return [];
  }
}

/** What money in suspense counts as, while no person has assigned it; then it counts with its payment. */
export function rowsOfSuspense({ assignment, ...money }: Suspense): readonly LedgerRow[] {
  // A message without a readable amount is money of which the statement must tell.
  if (money.amountVnd === null || assignment?.state === 'assigned') return [];
  return [{ ...factsOf(money), amountVnd: money.amountVnd, state: 'suspense', receipt: null, isConfirmed: false }];
}

/**
 * What the ledger says of an order for which it holds no money: nothing, as long as nobody has told us how its attempt
 * ended, since then the gateway has it and we do not.
 * @param at when the statement has it
 */
export function rowsOfUnpaid(
  { payment }: PaymentRecord,
  account: MerchantAccountName,
  reference: string,
  at: Instant,
): readonly LedgerRow[] {
  const attempt = attemptOf(payment, account, reference);
  const state = attempt === undefined ? undefined : stateWithoutMoney(payment, attempt[1]);
  if (state === undefined) return [];
  const { paymentId, amountVnd } = payment;
  const facts = { reference, transactionId: null, paidAt: at, businessDate: businessDateOf(at) };
  return [{ ...facts, paymentId, amountVnd, state, receipt: null, isConfirmed: false }];
}

/**
 * The attempt that a gateway knows by this reference, with its number; where the statement writes it otherwise than we
 * gave it, the one whose number stands in it.
 */
export function attemptOf(payment: Payment, account: MerchantAccountName, reference: string) {
  const own = Object.entries(payment.attempts).filter(([, attempt]) => isOf(account)(attempt));
  const named = refNamedIn(reference);
  const found =
    own.find(([, { gatewayRef }]) => gatewayRef === reference) ??
    own.find(([number]) => named?.paymentId === payment.paymentId && named.attempt === number);
  return found === undefined ? undefined : ([attemptNumberSchema.parse(found[0]), found[1]] as const);
}

/** The payment that a reference names, whatever a gateway has put around ours. */
export function paymentNamedIn(reference: string | null): PaymentId | undefined {
  return refNamedIn(reference ?? '')?.paymentId;
}

function refNamedIn(reference: string): ReturnType<typeof readAttemptRef> {
  return readAttemptRef(/\d{16}/.exec(reference)?.[0] ?? '');
}

function stateWithoutMoney({ state }: Payment, { outcome }: Attempt): LedgerState | undefined {
  if (outcome === 'failed' || outcome === 'review') return outcome;
  return state === 'open' || state === 'paid' ? undefined : state;
}

function isOf({ gateway, merchant }: MerchantAccountName): (other: MerchantAccountName) => boolean {
  return (other) => other.gateway === gateway && other.merchant === merchant;
}

function rowOfSettled(record: PaymentRecord, settlement: Settlement): LedgerRow {
  const isConfirmed = owedConfirmations(record).length === 0;
  return { ...rowOfSettlement(record.payment, settlement), receipt: receiptOf(record), isConfirmed };
}

function rowOfSettlement({ paymentId }: Payment, settlement: Settlement): LedgerRow {
  const { amountVnd } = settlement;
  return { ...factsOf(settlement), paymentId, amountVnd, state: 'paid', receipt: null, isConfirmed: false };
}

function rowOfKeptMoney(money: KeptMoney): LedgerRow {
  const { paymentId, amountVnd, moneyClass } = money;
  const state = moneyClass === 'wrong-amount' ? 'wrong-amount' : 'surplus';
  return { ...factsOf(money), paymentId, amountVnd, state, receipt: null, isConfirmed: false };
}

/** The statement names a refund by the order that was paid, and by the number under which the gateway was asked. */
function rowsOfRefund(record: PaymentRecord, refund: Refund): readonly LedgerRow[] {
  const moneyBack = moneyBackOf(refund);
  if (moneyBack === undefined) return [];
  const { paymentId, amountVnd, conversation } = refund;
  const { paidAt, businessDate } = moneyBack;
  const reference = moneyOfRefund(record, refund)?.money.gatewayRef ?? null;
  const transactionId = conversation?.refundRef ?? refundNumberOf(refund);
  const facts = { reference, transactionId, paidAt, businessDate };
  return [{ ...facts, paymentId, amountVnd, state: 'refunded', receipt: null, isConfirmed: false }];
}

function factsOf({ gatewayRef, transactionId, paidAt, businessDate }: Omit<Money, 'amountVnd'>) {
  return { reference: gatewayRef, transactionId, paidAt, businessDate };
}

/** What stands for the receipts of a settled payment. */
function receiptOf(record: PaymentRecord): string | null {
  const { payment, receipts } = record;
  if (payment.settlement === undefined || planReceipts(record).length > 0) return null;
  if (receipts.length > 0) return receipts.map(nameOf).join(' ');
  return wasTakenBack(payment, payment.settlement) ? null : noReceiptDue;
}

/** Taxes are paid against the tax office's own voucher. */
const noReceiptDue = 'không phải lập';

function nameOf({ content: { series, number } }: Receipt): string {
  return `${series}-${number}`;
}
