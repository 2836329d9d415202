import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { type BankJourney, makeBankJourney } from '#test/support/bank-journey.ts';

let journey: BankJourney;
beforeAll(async () => {
  journey = await makeBankJourney();
}, 60_000);
afterAll(() => journey.stop());

/** Paid, with one receipt and one confirmation of each kind, and no money beside it. */
async function expectSettledOnce(paymentId: PaymentId): Promise<void> {
  const { payment, receipts, money } = await journey.record(paymentId);
  expect(payment).toMatchObject({ state: 'paid', attempts: { '01': { outcome: 'succeeded' } } });
  expect(receipts.map(({ pdf }) => pdf !== undefined)).toEqual([true]);
  expect(money).toEqual([]);
}

describe.each(['vnpay', 'momo'])('a payment by %s whose callback is dropped', (gateway) => {
  it('is settled by the sweep that asks, with receipt and confirmations, once', async () => {
    const { paymentId, press } = await journey.visitBank(gateway);
    await press('pay-silently');
    await journey.sweepAfter(1);
    expect((await journey.record(paymentId)).payment.state).toBe('open');

    await journey.sweepAfter(5);
    await journey.sweepAfter(6);

    await expectSettledOnce(paymentId);
    expect(await journey.eventsOf(paymentId)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('knows its money when the callback comes after all', async () => {
    const { paymentId, press } = await journey.visitBank(gateway);
    await press('pay-silently');
    await journey.sweepAfter(5);
    const page = await press('repeat');
    await journey.sweepAfter(6);

    expect(page).toContain(gateway === 'vnpay' ? 'đã xác nhận trước đó' : 'đã nhận');
    await expectSettledOnce(paymentId);
    expect(await journey.eventsOf(paymentId)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('is settled once when callback and sweeps come together', async () => {
    const { paymentId, press } = await journey.visitBank(gateway);
    await press('pay-silently');

    await Promise.all([journey.sweepAfter(5), press('repeat'), journey.sweepAfter(5), press('repeat')]);
    for (const minutes of [6, 7, 8]) await journey.sweepAfter(minutes);

    await expectSettledOnce(paymentId);
    expect(new Set(await journey.eventsOf(paymentId)).size).toBe(2);
  });

  it('stays open while the citizen is still at the bank, and hears a failure too', async () => {
    const { paymentId, press } = await journey.visitBank(gateway);
    await journey.sweepAfter(5);
    const outcome = async () => Object.values((await journey.record(paymentId)).payment.attempts)[0]?.outcome;
    expect(await outcome()).toBe('started');
    await press('cancel');

    await journey.sweepAfter(15);

    expect(await outcome()).toBe('failed');
    expect((await journey.record(paymentId)).payment.state).toBe('open');
  });
});
