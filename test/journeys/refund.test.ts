import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refundPayment } from '#functions/refund-payment/refund-payment.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { refundCommandSchema } from '#schemas/refund.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { SendToGateway } from '#shared/gateways/gateway.ts';
import { followRefunds } from '#shared/processes/follow-refunds.ts';
import { type BankJourney, expectSettledOnce, makeBankJourney } from '#test/support/bank-journey.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { workingMorning } from '#test/support/payment-scene.ts';
import { aDecision, aRefundRequest, refundIn } from '#test/support/refund-scene.ts';
import { gateways } from '#test/support/registered-gateways.ts';

let journey: BankJourney;
beforeAll(async () => {
  journey = await makeBankJourney();
}, 60_000);
afterAll(() => journey.stop());

/** What finance staff ask, with the gateway's orders sent in a way of its own. */
function ask(command: object, orderGateway: SendToGateway = journey.following.orderGateway) {
  const { clock, logNews } = journey.following;
  const following = { ...journey.following, orderGateway };
  return refundPayment(refundCommandSchema.parse(command), {
    ledger: makeRefundLedger(journey.table),
    followRefunds: (record, refundIds) => followRefunds(record, refundIds, following),
    clock,
    pauseBeforeTry: () => Promise.resolve(),
    logNews,
  });
}

/** The bank does as it is told, and its answer never arrives. */
const loseAnswer: SendToGateway = async (request) => {
  await journey.following.orderGateway(request);
  throw new GatewaySilent('the answer was lost');
};

/** Paid at the bank, with receipt and confirmations. */
async function payAt(gateway: string) {
  const visit = await journey.visitBank(gateway);
  await visit.press('pay');
  await journey.sweepAfter(1);
  await journey.eventsOf(visit.paymentId);
  return visit;
}

/** The payment stays settled, the refund is at its end, and the dossier heard of it once. */
async function expectRefundedOnce(paymentId: PaymentId, page: string): Promise<void> {
  await expectSettledOnce(journey, paymentId);
  const { refunds, payment } = await journey.record(paymentId);
  expect(refunds.map(({ state }) => state)).toEqual(['refunded']);
  expect(payment).toMatchObject({ refundReservedVnd: 28_000, refundedVnd: 28_000 });
  expect(await journey.eventsOf(paymentId)).toEqual([eventTypes.paymentRefunded]);
  expect(page.match(/đã hoàn/g)).toHaveLength(1);
}

const refunders = gateways.filter((gateway) => connectTestAccount(gateway).refunding !== undefined);

describe.each(refunders)('a refund by $label', ({ name }) => {
  it('is paid back by the bank when a second person approves', async () => {
    const { paymentId, look } = await payAt(name);
    const request = aRefundRequest(paymentId);
    await ask(request);

    expect(refundIn(await ask(aDecision(request, 'approve'))).state).toBe('refunded');

    await journey.sweepAfter(2);
    await expectRefundedOnce(paymentId, await look());
  });

  it('is one refund when the bank’s answer is lost after it has paid', async () => {
    const { paymentId, look } = await payAt(name);
    const request = aRefundRequest(paymentId);
    await ask(request);
    expect(refundIn(await ask(aDecision(request, 'approve'), loseAnswer)).state).toBe('requested');

    for (const minutes of [2, 6, 7, 8]) await journey.sweepAfter(minutes);

    await expectRefundedOnce(paymentId, await look());
  });

  it('may come in different parts', async () => {
    const { paymentId } = await payAt(name);
    for (const amountVnd of [20_000, 8_000]) {
      const request = aRefundRequest(paymentId, { amountVnd });
      await ask(request);
      expect(refundIn(await ask(aDecision(request, 'approve'))).state).toBe('refunded');
    }
    expect((await journey.record(paymentId)).refunds.map(({ extent }) => extent)).toEqual(['partial', 'full']);
  });
});

describe('a refund at a gateway without an interface for it', () => {
  it('becomes an order for a transfer', async () => {
    const { paymentId } = await payAt('sepay');
    const request = aRefundRequest(paymentId);
    await ask(request);
    expect(refundIn(await ask(aDecision(request, 'approve')))).toMatchObject({ state: 'manual-transfer' });
    expect(journey.following.clock()).toBe(instantAfter(workingMorning, 60_000));
  });
});
