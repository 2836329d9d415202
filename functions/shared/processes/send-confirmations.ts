import type { PaymentId } from '#schemas/ids.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import { type OwedConfirmation, owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Clock, ConfirmationLedger, ConfirmationQueue, ProcessAnswer } from '#shared/domain/ports.ts';
import { AnswerSheet } from './answer-sheet.ts';
import { answerToError } from './answer-to-error.ts';
import { inParallel } from './in-parallel.ts';
import { readRecords } from './read-records.ts';

export interface SendingNeeds {
  readonly ledger: ConfirmationLedger;
  readonly queue: ConfirmationQueue;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

interface Message extends OwedConfirmation {
  readonly paymentId: PaymentId;
}

const recordsAtOnce = 20;

/**
 * Sends the confirmations that the payments still owe and records each as sent. It acts on what it reads itself, so it
 * may be called for any payment at any time. What was sent and could not be recorded is sent once more with the same
 * id: the queue drops the copy for five minutes, the reader for ever (DESIGN §4.4).
 * @returns an answer for each payment; one that fails holds up no other
 */
export async function sendConfirmations(
  paymentIds: readonly PaymentId[],
  needs: SendingNeeds,
): Promise<ReadonlyMap<PaymentId, ProcessAnswer>> {
  const sheet = new AnswerSheet(paymentIds);
  const records = await readRecords(paymentIds, sheet, needs.ledger);
  const messages = records.flatMap((record) => messagesOf(record, sheet));
  if (messages.length > 0) await sendAndRecord(messages, sheet, needs);
  for (const [paymentId, answer] of sheet.answers()) {
    if (answer.kind === 'done') continue;
    needs.logNews('CONFIRMATION_DELAYED', { paymentId, kind: answer.kind, why: answer.why });
  }
  return sheet.answers();
}

function messagesOf(record: PaymentRecord, sheet: AnswerSheet): readonly Message[] {
  const { paymentId } = record.payment;
  try {
    return owedConfirmations(record).map((owed) => ({ ...owed, paymentId }));
  } catch (error) {
    sheet.put(paymentId, answerToError(error));
    return [];
  }
}

async function sendAndRecord(messages: readonly Message[], sheet: AnswerSheet, needs: SendingNeeds): Promise<void> {
  const { sent, failed } = await needs.queue.send(messages.map(({ event }) => event));
  const byId = new Map(messages.map((message) => [message.event.id, message]));
  for (const { eventId, why } of failed) {
    const message = byId.get(eventId);
    if (message !== undefined) sheet.put(message.paymentId, { kind: 'later', why });
  }
  const taken = sent.flatMap((eventId) => byId.get(eventId) ?? []);
  await inParallel(taken, recordsAtOnce, (message) => recordSent(message, sheet, needs));
  if (taken.length > 0) needs.logNews('CONFIRMATIONS_SENT', { count: taken.length });
}

async function recordSent(message: Message, sheet: AnswerSheet, needs: SendingNeeds): Promise<void> {
  try {
    await needs.ledger.recordSent({ ...message, sentAt: needs.clock() });
  } catch (error) {
    sheet.put(message.paymentId, answerToError(error));
  }
}
