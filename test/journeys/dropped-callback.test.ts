import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { type BankJourney, expectSettledOnce, makeBankJourney } from '#test/support/bank-journey.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { gateways } from '#test/support/registered-gateways.ts';

let journey: BankJourney;
beforeAll(async () => {
  journey = await makeBankJourney();
}, 60_000);
afterAll(() => journey.stop());

const askable = gateways.filter((gateway) => connectTestAccount(gateway).askAttempt !== undefined);

describe.each(askable)('a payment by $label whose callback is dropped', ({ name }) => {
  it('is settled by the sweep that asks, with receipt and confirmations, once', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    await press('pay-silently');
    await journey.sweepAfter(1);
    expect((await journey.record(paymentId)).payment.state).toBe('open');

    await journey.sweepAfter(5);
    await journey.sweepAfter(6);

    await expectSettledOnce(journey, paymentId);
    expect(await journey.eventsOf(paymentId)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('knows its money when the callback comes after all', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    await press('pay-silently');
    await journey.sweepAfter(5);
    const page = await press('repeat');
    await journey.sweepAfter(6);

    expect(page).toMatch(/đã xác nhận trước đó|đã nhận/);
    await expectSettledOnce(journey, paymentId);
    expect(await journey.eventsOf(paymentId)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('is settled once when callback and sweeps come together', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    await press('pay-silently');

    await Promise.all([journey.sweepAfter(5), press('repeat'), journey.sweepAfter(5), press('repeat')]);
    for (const minutes of [6, 7, 8]) await journey.sweepAfter(minutes);

    await expectSettledOnce(journey, paymentId);
    expect(new Set(await journey.eventsOf(paymentId)).size).toBe(2);
  });

  it('stays open while the citizen is still at the bank, and hears of a failure too', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    await journey.sweepAfter(5);
    const outcome = async () => Object.values((await journey.record(paymentId)).payment.attempts)[0]?.outcome;
    expect(await outcome()).toBe('started');
    await press('fail-silently');

    await journey.sweepAfter(15);

    expect(await outcome()).toBe('failed');
    expect((await journey.record(paymentId)).payment.state).toBe('open');
  });
});
