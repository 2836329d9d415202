import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBankedAccount } from '#test/support/banked-days.ts';
import { putRecord } from '#test/support/paid-record.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
  journey.setClock('2026-11-24T01:30:00.000Z');
  await journey.openSeries();
}, 60_000);
afterAll(() => journey.stop());

const monday = '2026-11-23';

describe('a receipt without money', () => {
  it('arises on the day of the money that it was issued for, whether or not the statement names its payment', async () => {
    const account = makeBankedAccount(journey, 'none');
    const [agreed, lost, failed] = await account.pay(monday, 3);
    if (agreed === undefined || lost === undefined || failed === undefined) throw new Error('three were to be paid');
    for (const one of [lost, failed]) await account.loseMoneyOf(one);

    await account.gatewayTells(monday, [agreed]);

    const { exceptions, runs } = await account.record(monday);
    expect(exceptions.map((one) => `${one.class} ${one.paymentId}`).toSorted()).toEqual(
      [lost, failed].map(({ payment }) => `BIEN_LAI_THUA ${payment.paymentId}`).toSorted(),
    );
    expect(exceptions[0]).toMatchObject({
      state: 'open',
      statement: null,
      ledger: { amountVnd: 28_000, state: 'open' },
      receipt: expect.stringMatching(/^26TAA-\d+$/),
    });
    expect(runs.at(-1)?.figures.classes).toMatchObject({ KHOP: { count: 1 }, BIEN_LAI_THUA: { count: 2 } });
  });

  it('is one too when the statement says that the payment failed', async () => {
    const account = makeBankedAccount(journey, 'none');
    const paid = await account.pay(monday);
    for (const one of paid) await account.loseMoneyOf(one);

    await account.gatewayTells(monday, paid, 'failed');

    expect(await account.exceptionsOf(monday)).toEqual(['BIEN_LAI_THUA open']);
  });

  it('is no longer one when the money is there again', async () => {
    const account = makeBankedAccount(journey, 'none');
    const [paid] = await account.pay(monday);
    if (paid === undefined) throw new Error('one was to be paid');
    await account.loseMoneyOf(paid);
    await account.gatewayTells(monday, []);
    expect(await account.exceptionsOf(monday)).toEqual(['BIEN_LAI_THUA open']);

    await putRecord(journey.table, paid);
    await account.gatewayTells(monday, [paid]);

    expect(await account.exceptionsOf(monday)).toEqual(['BIEN_LAI_THUA explained']);
  });

  it('is money to be asked about when the gateway has it', async () => {
    const account = makeBankedAccount(journey, 'none');
    const paid = await account.pay(monday);
    for (const one of paid) await account.loseMoneyOf(one);

    await account.gatewayTells(monday, paid);

    expect(await account.exceptionsOf(monday)).toEqual(['LECH_TRANG_THAI open']);
  });
});
