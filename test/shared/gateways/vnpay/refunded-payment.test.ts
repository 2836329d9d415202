import { describe, expect, it } from '@jest/globals';
import { decide, moneyKey, type OrderView } from '#shared/domain/settlement.ts';
import type { QueryReading } from '#shared/gateways/answer-readings.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { vnpayAnswer, vnpaySecret } from '#test/support/vnpay-messages.ts';

const connection = connectTestAccount(vnpay, vnpaySecret);
const types = ['01', '02', '03', '04', ''];
const statuses = ['00', '01', '02', '04', '05', '06', '07', '09', '55', ''];
const answers = types.flatMap((type) => statuses.map((status) => ({ type, status })));

/** What the chase hears when it asks about the payment, with the amount of the payment or of a part. */
function ask(type: string, status: string, amountTimesHundred = 2_800_000): QueryReading {
  const inquiry = connection.askAttempt?.(aQuestion());
  if (inquiry === undefined) throw new Error('VNPAY can be asked');
  return inquiry.readAnswer(
    vnpayAnswer('queryAnswer', {
      vnp_TransactionType: type,
      vnp_TransactionStatus: status,
      vnp_Amount: amountTimesHundred,
    }),
  );
}

const paid: OrderView = {
  state: 'paid',
  amountVnd: 28_000,
  attemptOutcome: 'succeeded',
  settledBy: moneyKey('vnpay', 'ttpvhcc', '14831393'),
  recorded: [],
};

describe('a payment that VNPAY has refunded, when the chase asks about it', () => {
  it.each(answers)('moves no paid payment by type "$type", status "$status"', ({ type, status }) => {
    for (const amount of [2_800_000, 1_000_000]) {
      const reading = ask(type, status, amount);
      if (reading.kind !== 'notice') continue;
      const { act } = decide(reading.notice, connection.identityOf(reading.notice), paid);
      // Neither of them touches the state, the settlement or the outcome of a paid payment.
      expect(['nothing', 'record-news', 'keep-money']).toContain(act);
      if (amount === paid.amountVnd * 100) expect(act).not.toBe('keep-money');
    }
  });

  it.each(['02', '03'])('is neither paid nor failed by an answer of type %s: unknown, for a person', (type) => {
    for (const status of statuses) expect(ask(type, status)).toMatchObject({ kind: 'unknown' });
  });

  it.each(['05', '06', '09'])('is under review, never failed, by status %s of the payment itself', (status) => {
    const reading = ask('01', status);
    expect(reading).toMatchObject({ kind: 'notice', notice: { result: 'review', transactionId: '14831393' } });
  });

  it('settles an open payment by the payment alone', () => {
    const open: OrderView = { state: 'open', amountVnd: 28_000, attemptOutcome: 'started' };
    const settled = answers.filter(({ type, status }) => {
      const reading = ask(type, status);
      return reading.kind === 'notice' && decide(reading.notice, '14831393', open).act === 'settle';
    });
    expect(settled).toEqual([{ type: '01', status: '00' }]);
  });

  it('fails no open payment by what it says of a refund', () => {
    const open: OrderView = { state: 'open', amountVnd: 28_000, attemptOutcome: 'started' };
    const failed = answers.filter(({ type, status }) => {
      const reading = ask(type, status);
      return reading.kind === 'notice' && decide(reading.notice, '14831393', open).outcome === 'failed';
    });
    expect(failed).toEqual([{ type: '01', status: '02' }]);
  });
});
