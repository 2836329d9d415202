import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { proveBalance } from '#shared/domain/balance-proof.ts';
import type { LedgerDays } from '#shared/domain/ledger-day.ts';
import { makeBankedAccount, plainBank } from '#test/support/banked-days.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';
import { checker, maker } from '#test/support/reconciliation-scene.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());
beforeEach(() => {
  journey.setClock(tuesdayMorning);
  journey.logged.splice(0);
});

const monday = '2026-11-23';
const tuesday = '2026-11-24';
const tuesdayMorning = '2026-11-24T01:30:00.000Z';
const wednesdayMorning = '2026-11-25T01:30:00.000Z';
const codes = () => journey.logged.map(({ code }) => code);

/** A day of two payments that gateway, ledger and receipts agree on, in an account of its own. */
async function anAgreedDay(bank = plainBank) {
  const account = makeBankedAccount(journey, bank);
  const paid = await account.pay(monday, 2);
  return { ...account, paid, tell: () => account.gatewayTells(monday, paid) };
}

describe('the bank’s statement of a day', () => {
  it('gives the same books whether it comes before the gateway’s or after', async () => {
    const [first, second] = [await anAgreedDay(), await anAgreedDay()];

    await first.tell();
    await first.bankTells(monday, [{ vnd: 56_000 }]);
    await second.bankTells(monday, [{ vnd: 56_000 }]);
    await second.tell();

    const figures = await first.figuresOf(monday);
    expect(figures).toMatchObject({ bank: { creditedVnd: 56_000, feeVnd: 0, differenceVnd: 0 } });
    expect(await second.figuresOf(monday)).toEqual(figures);
    expect([await first.exceptionsOf(monday), await second.exceptionsOf(monday)]).toEqual([[], []]);
    expect((await second.record(monday)).runs.at(-1)?.inputs.bank).toEqual({
      files: [{ account: second.number, day: monday, digest: (await second.bankDay(monday)).day?.file?.digest }],
      statements: [],
    });
  });

  it('that arrives again changes nothing', async () => {
    const account = await anAgreedDay();
    await account.tell();
    await account.bankTells(monday, [{ vnd: 55_000 }]);
    const before = [await account.record(monday), await account.bankDay(monday)];

    await account.bankTells(monday, [{ vnd: 55_000 }]);

    const [{ runs, exceptions }, { day }] = [await account.record(monday), await account.bankDay(monday)];
    expect({ runs, exceptions }).toEqual({ runs: before[0]?.runs, exceptions: before[0]?.exceptions });
    expect(day).toEqual(before[1]?.day);
    expect((await account.record(monday)).day).toEqual(before[0]?.day);
    expect(codes()).toContain('STATEMENT_KNOWN');
  });

  it('whose comparison breaks off is compared when its arrival is told again', async () => {
    const account = await anAgreedDay();
    await account.tell();
    const stopped: LedgerDays = {
      ...journey.needs.ledgerDays,
      async *readDay() {
        yield [];
        throw new Error('stopped');
      },
    };
    await expect(account.bankTells(monday, [{ vnd: 55_000 }], { ledgerDays: stopped })).rejects.toThrow('stopped');
    expect(await account.exceptionsOf(monday)).toEqual([]);

    await account.bankTells(monday, [{ vnd: 55_000 }]);

    expect(await account.exceptionsOf(monday)).toEqual(['LECH_NGAN_HANG open']);
    expect((await account.record(monday)).day).not.toHaveProperty('running');
  });

  it('that arrives several times at once, beside the gateway’s, ends in the books of one arrival', async () => {
    const account = await anAgreedDay();
    const credit = [{ vnd: 55_000 }];

    await Promise.all([account.tell(), account.bankTells(monday, credit), account.bankTells(monday, credit)]);

    expect(await account.exceptionsOf(monday)).toEqual(['LECH_NGAN_HANG open']);
    expect((await account.record(monday)).day).not.toHaveProperty('running');
  });

  it('that credited less is somebody’s to clear up with the bank, and the balance says so without accusing our books', async () => {
    const account = await anAgreedDay();
    await account.tell();

    await account.bankTells(monday, [{ vnd: 50_000 }]);

    const { exceptions } = await account.record(monday);
    expect(exceptions).toMatchObject([
      {
        class: 'LECH_NGAN_HANG',
        state: 'open',
        desk: maker,
        statement: { amountVnd: 50_000 },
        ledger: { amountVnd: 56_000 },
        place: { file: (await account.bankDay(monday)).day?.file?.digest, line: null },
        dueAt: '2026-11-26T10:00:00.000Z',
      },
    ]);
    const figures = await account.figuresOf(monday);
    const proof = figures === undefined ? undefined : proveBalance(figures);
    expect(proof?.equations.find(({ name }) => name === 'banked')).toMatchObject({
      differenceVnd: 6_000,
      explainedBy: [{ what: 'LECH_NGAN_HANG', vnd: 6_000 }],
      holds: true,
    });
  });

  it('explains the difference when it comes corrected, as the next revision', async () => {
    const account = await anAgreedDay();
    await account.tell();
    await account.bankTells(monday, [{ vnd: 50_000 }]);

    await account.bankTells(monday, [{ vnd: 50_000 }, { vnd: 6_000 }]);

    expect(await account.exceptionsOf(monday)).toEqual(['LECH_NGAN_HANG explained']);
    expect((await account.bankDay(monday)).day).toMatchObject({ file: { revision: 2, rows: 2 } });
    const { trail } = (await account.record(monday)).exceptions[0] ?? {};
    expect(trail?.map(({ did }) => did)).toEqual(['found', 'explained']);
  });

  it('is refused whole with its lines when it is of another account or day, and that is on record', async () => {
    const account = await anAgreedDay();
    await account.tell();

    await account.bankTells(monday, [{ vnd: 56_000 }], { account: '123456789' });

    const { day, refusals } = await account.bankDay(monday);
    expect(day).not.toHaveProperty('file');
    expect(refusals[0]?.faults).toMatchObject([{ line: 2, code: 'other-partner' }]);
    expect(codes()).toContain('STATEMENT_REFUSED');
    expect(await account.figuresOf(monday)).not.toHaveProperty('bank');
  });

  it('has a day of its own at the desk, which shows what became of the file and is never closed', async () => {
    const account = await anAgreedDay();
    await account.bankTells(monday, [{ vnd: 56_000 }, { vnd: -6_000 }]);
    journey.setClock('2026-11-30T02:00:00.000Z');

    expect(await account.showBankDay(monday)).toMatchObject({
      kind: 'done',
      day: { state: 'taken', isLate: false, hindrances: [], file: { rows: 2, successSumVnd: 50_000 } },
    });
    expect(await account.showBankDay(tuesday)).toMatchObject({ day: { state: 'awaited', isLate: true } });
    const bankDay = { gateway: 'bank', merchant: account.number };
    expect(await account.close(monday, { act: 'propose' }, maker, bankDay)).toMatchObject({ code: 'unknown-account' });
  });

  it('is looked at for this gateway’s bookings only, less its fee, and not for what was paid in from the account', async () => {
    const account = await anAgreedDay({
      ...plainBank,
      fee: { perTransactionVnd: 1_100, millionths: 8_250 },
      content: 'vnpay',
      treasury: { paidInAfterDays: 1, content: 'NOP NSNN VNPAY', keptMillionths: 0 },
    });
    await account.tell();

    await account.bankTells(monday, [
      { vnd: 56_000 - 2 * (1_100 + 231) },
      { vnd: 9_000, content: 'MOMO tra tien' },
      { vnd: -40_000, content: 'nop nsnn vnpay ngay 20/11' },
    ]);

    expect(await account.exceptionsOf(monday)).toEqual([]);
    expect(await account.figuresOf(monday)).toMatchObject({ bank: { creditedVnd: 53_338, feeVnd: 2_662 } });
  });

  it('is nothing to an account that is not configured for it', async () => {
    const account = makeBankedAccount(journey, 'none');
    await account.bankTells(monday, [{ vnd: 1 }]);

    await account.gatewayTells(monday, await account.pay(monday));

    expect(await account.figuresOf(monday)).not.toHaveProperty('bank');
  });
});

describe('the close of a day', () => {
  it('is refused without the bank’s statement where it is required, and goes on when it is there', async () => {
    const account = await anAgreedDay({ ...plainBank, isRequiredToClose: true });
    await account.tell();

    expect(await account.close(monday, { act: 'propose' })).toMatchObject({ kind: 'refused', code: 'no-bank-file' });

    await account.bankTells(monday, [{ vnd: 56_000 }]);
    expect(await account.close(monday, { act: 'propose' })).toMatchObject({
      kind: 'done',
      day: { state: 'proposed', proof: { figures: { bank: { creditedVnd: 56_000 } } } },
    });
  });

  it('does not wait for the bank otherwise, and what its statement says later is booked on the day it is found', async () => {
    const account = await anAgreedDay();
    await account.tell();
    await account.close(monday, { act: 'propose' });
    const closed = await account.close(monday, { act: 'approve', number: 1 }, checker);
    expect(closed).toMatchObject({ kind: 'done', day: { state: 'closed' } });
    journey.setClock(wednesdayMorning);

    await account.bankTells(monday, [{ vnd: 50_000 }]);

    const { close, exceptions } = await account.record(monday);
    expect(close?.proof.figures).not.toHaveProperty('bank');
    expect(exceptions).toMatchObject([{ class: 'LECH_NGAN_HANG', bookedOn: '2026-11-25', state: 'open' }]);
    expect((await account.record('2026-11-25')).adjustments).toMatchObject([
      { day: monday, class: 'LECH_NGAN_HANG', effect: 'found', differenceVnd: -6_000 },
    ]);

    await account.bankTells(monday, [{ vnd: 56_000 }]);
    expect((await account.record('2026-11-25')).adjustments).toMatchObject([
      { differenceVnd: -6_000 },
      { effect: 'explained', differenceVnd: 6_000 },
    ]);
  });
});
