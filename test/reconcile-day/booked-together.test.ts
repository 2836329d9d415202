import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { proveBalance } from '#shared/domain/balance-proof.ts';
import { makeBankedAccount, plainBank } from '#test/support/banked-days.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';
import { checker } from '#test/support/reconciliation-scene.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());
beforeEach(() => {
  journey.setClock(tuesdayMorning);
});

const [friday, saturday, sunday, monday, tuesday] = [
  '2026-11-20',
  '2026-11-21',
  '2026-11-22',
  '2026-11-23',
  '2026-11-24',
] as const;
const tuesdayMorning = '2026-11-24T01:30:00.000Z';
const wednesdayMorning = '2026-11-25T01:30:00.000Z';

const withTreasury = {
  ...plainBank,
  treasury: { paidInAfterDays: 1, content: 'NOP NSNN', keptMillionths: 250_000 },
};

/** A day of two payments that gateway, ledger and receipts agree on, in an account of its own. */
async function anAgreedDay() {
  const account = makeBankedAccount(journey, withTreasury);
  const paid = await account.pay(monday, 2);
  return { ...account, paid, tell: () => account.gatewayTells(monday, paid) };
}

describe('the money of a weekend', () => {
  const nextDay = { ...plainBank, bookedAfterDays: 1 };

  it('is booked together, and compared with the last of its days when all of them are there', async () => {
    const account = makeBankedAccount(journey, nextDay);
    const [onFriday, onSaturday, onSunday] = [
      await account.pay(friday),
      await account.pay(saturday),
      await account.pay(sunday, 2),
    ];
    await account.bankTells(monday, [{ vnd: 112_000 - 500 }]);
    await account.gatewayTells(friday, onFriday);
    await account.gatewayTells(sunday, onSunday);
    expect(await account.figuresOf(sunday)).not.toHaveProperty('bank');

    await account.gatewayTells(saturday, onSaturday);

    expect(await account.figuresOf(sunday)).toMatchObject({
      bank: { creditedVnd: 111_500, earlierVnd: 56_000, differenceVnd: -500 },
    });
    expect(await account.exceptionsOf(sunday)).toEqual(['LECH_NGAN_HANG open']);
    expect(await account.exceptionsOf(friday)).toEqual([]);
    expect(await account.figuresOf(friday)).not.toHaveProperty('bank');
    expect((await account.record(sunday)).runs.at(-1)?.inputs.bank?.statements.map(({ day }) => day)).toEqual([
      friday,
      saturday,
    ]);
    const figures = await account.figuresOf(sunday);
    expect(figures === undefined ? [] : proveBalance(figures).equations.at(-1)).toMatchObject({
      name: 'banked',
      differenceVnd: -55_500,
      explainedBy: [
        { what: 'của các ngày trước, ghi có cùng ngày', vnd: -56_000 },
        { what: 'LECH_NGAN_HANG', vnd: 500 },
      ],
      holds: true,
    });
  });

  it('is not waited for on a day that two persons closed as one without transactions', async () => {
    const account = makeBankedAccount(journey, nextDay);
    await account.gatewayTells(friday, await account.pay(friday));
    await closeEmpty(account, saturday);
    await account.gatewayTells(sunday, await account.pay(sunday));

    await account.bankTells(monday, [{ vnd: 56_000 }]);

    expect(await account.figuresOf(sunday)).toMatchObject({ bank: { earlierVnd: 28_000, differenceVnd: 0 } });
  });

  it('is compared with the last day that has any, and with a later one if its file comes after all', async () => {
    const account = makeBankedAccount(journey, nextDay);
    const onSunday = await account.pay(sunday);
    for (const one of onSunday) await account.loseMoneyOf(one);
    await account.gatewayTells(friday, await account.pay(friday));
    await account.gatewayTells(saturday, await account.pay(saturday));
    await closeEmpty(account, sunday);
    await account.bankTells(monday, [{ vnd: 84_000 }]);
    expect(await account.figuresOf(saturday)).toMatchObject({ bank: { earlierVnd: 28_000, differenceVnd: 28_000 } });
    expect(await account.exceptionsOf(saturday)).toEqual(['LECH_NGAN_HANG open']);

    await account.gatewayTells(sunday, onSunday);

    expect(await account.figuresOf(sunday)).toMatchObject({ bank: { earlierVnd: 56_000, differenceVnd: 0 } });
    expect(await account.figuresOf(saturday)).not.toHaveProperty('bank');
    expect(await account.exceptionsOf(saturday)).toEqual(['LECH_NGAN_HANG explained']);
  });
});

async function closeEmpty(account: ReturnType<typeof makeBankedAccount>, day: string): Promise<void> {
  await account.close(day, { act: 'propose', kind: 'no-transactions' });
  const closed = await account.close(day, { act: 'approve', number: 1 }, checker);
  expect(closed).toMatchObject({ day: { state: 'closed' } });
}

describe('the pay-in to the treasury', () => {
  it('is compared with what was credited less what the body keeps, when its day’s statement has come', async () => {
    const account = await anAgreedDay();
    await account.tell();
    await account.bankTells(monday, [{ vnd: 56_000 }]);
    expect(await account.figuresOf(monday)).not.toHaveProperty('treasury');
    journey.setClock(wednesdayMorning);

    await account.bankTells(tuesday, [{ vnd: -42_000, content: 'Nop NSNN ngay 23/11' }]);

    expect(await account.figuresOf(monday)).toMatchObject({
      treasury: { paidInVnd: 42_000, keptVnd: 14_000, earlierVnd: 0, differenceVnd: 0 },
    });
    expect(await account.exceptionsOf(monday)).toEqual([]);
  });

  it('that is short is an exception of its own, explained by the corrected statement', async () => {
    const account = await anAgreedDay();
    await account.tell();
    await account.bankTells(monday, [{ vnd: 56_000 }]);
    journey.setClock(wednesdayMorning);

    await account.bankTells(tuesday, [{ vnd: -40_000, content: 'NOP NSNN' }]);

    expect((await account.record(monday)).exceptions).toMatchObject([
      {
        class: 'LECH_KHO_BAC',
        statement: { amountVnd: 40_000 },
        ledger: { amountVnd: 42_000 },
        place: { file: (await account.bankDay(tuesday)).day?.file?.digest },
      },
    ]);
    const figures = await account.figuresOf(monday);
    expect(figures === undefined ? [] : proveBalance(figures).equations.at(-1)).toMatchObject({
      name: 'paid-in',
      explainedBy: [
        { what: 'phần phí được để lại', vnd: 14_000 },
        { what: 'LECH_KHO_BAC', vnd: 2_000 },
      ],
      holds: true,
    });

    await account.bankTells(tuesday, [
      { vnd: -40_000, content: 'NOP NSNN' },
      { vnd: -2_000, content: 'NOP NSNN bo sung' },
    ]);
    expect(await account.exceptionsOf(monday)).toEqual(['LECH_KHO_BAC explained']);
  });

  it('of a weekend is one sum for all its days', async () => {
    const account = makeBankedAccount(journey, withTreasury);
    for (const day of [friday, saturday, sunday]) {
      await account.gatewayTells(day, await account.pay(day));
      await account.bankTells(day, [{ vnd: 28_000 }]);
    }

    await account.bankTells(monday, [{ vnd: -63_000, content: 'NOP NSNN' }]);

    expect(await account.figuresOf(sunday)).toMatchObject({
      bank: { creditedVnd: 28_000, differenceVnd: 0 },
      treasury: { paidInVnd: 63_000, keptVnd: 21_000, earlierVnd: 56_000, differenceVnd: 0 },
    });
    expect(await account.figuresOf(friday)).not.toHaveProperty('treasury');
  });

  it('needs no statement of the bank for a Sunday on which nothing was paid', async () => {
    const account = makeBankedAccount(journey, withTreasury);
    for (const day of [friday, saturday]) {
      await account.gatewayTells(day, await account.pay(day));
      await account.bankTells(day, [{ vnd: 28_000 }]);
    }
    await closeEmpty(account, sunday);

    await account.bankTells(monday, [{ vnd: -40_000, content: 'NOP NSNN' }]);

    expect(await account.figuresOf(saturday)).toMatchObject({
      treasury: { paidInVnd: 40_000, keptVnd: 14_000, earlierVnd: 28_000, differenceVnd: -2_000 },
    });
    expect(await account.exceptionsOf(saturday)).toEqual(['LECH_KHO_BAC open']);
  });
});
