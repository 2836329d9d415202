import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listDays } from '#functions/finance-desk/list-days.ts';
import { findDay } from '#functions/finance-desk/show-day.ts';
import { dayLineSchema, dayViewSchema } from '#schemas/day-close.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import { approveClose } from '#shared/domain/close-day.ts';
import { suspendedMoneySchema } from '#shared/domain/payment.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { type ClosingScene, makeClosingScene, wordOf } from '#test/support/closing-scene.ts';
import { injectFault } from '#test/support/faults.ts';
import {
  aFinding,
  anAccountDay,
  checker,
  figuresOf,
  maker,
  monday,
  resultOf,
  tuesdayMorning,
} from '#test/support/reconciliation-scene.ts';

let scene: ClosingScene;
const tuesdayAfternoon = '2026-11-24T08:00:00.000Z';

beforeAll(async () => {
  scene = await makeClosingScene();
});
beforeEach(() => {
  scene.setClock(tuesdayMorning);
});

const staff = (index: number) => staffCodeSchema.parse(`kt.can-bo-${index}`);
const times = <Made>(count: number, make: (index: number) => Made): Made[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('an account’s day', () => {
  it('is closed by two persons, with the proof, the file and the run that it includes', async () => {
    const address = await scene.readyDay();
    const proposed = await scene.close(address, { act: 'propose', note: 'Đã khớp với báo có' });
    if (proposed.kind === 'refused') throw new Error(proposed.explanation);
    expect(proposed.day.close).toMatchObject({ state: 'proposed', number: 1, maker, isOutdated: false });
    scene.setClock(tuesdayAfternoon);

    const approved = await scene.close(address, { act: 'approve', number: 1 }, checker);

    if (approved.kind === 'refused') throw new Error(approved.explanation);
    expect(dayViewSchema.parse(approved.day)).toMatchObject({
      state: 'closed',
      isLate: false,
      hindrances: [],
      close: {
        state: 'closed',
        kind: 'reconciled',
        maker,
        checker,
        decidedAt: tuesdayAfternoon,
        run: 1,
        digest: proposed.day.close?.digest,
        proof: { holds: true },
        trail: [
          { did: 'proposed', by: maker },
          { did: 'approved', by: checker },
        ],
      },
    });
    expect(scene.logged.slice(-2)).toEqual(['DAY_CLOSE_PROPOSED', 'DAY_CLOSED']);
  });

  it.each<[string, (address: DayAddress) => Promise<unknown>, string[]]>([
    ['while no file has come', async () => undefined, ['no-file']],
    ['while a file was not compared', (address) => scene.take(address), ['not-reconciled']],
    [
      'while a run is at work',
      async (address) => {
        await scene.reconciled([], address);
        await scene.begin(address);
      },
      ['run-in-progress'],
    ],
    ['while nobody has taken on an exception', (address) => scene.reconciled([aFinding()], address), ['unassigned']],
    [
      'while its proof does not hold',
      async (address) => {
        await scene.take(address);
        await scene.run(address, resultOf([], 'ledger', { ...figuresOf(), classes: {} }));
      },
      ['unbalanced'],
    ],
    [
      'while several things are in its way, and names them all',
      async (address) => {
        await scene.reconciled([aFinding()], address);
        await scene.take(address, 'corrected.txt');
      },
      ['not-reconciled', 'unassigned'],
    ],
  ])('cannot be closed %s', async (_when, prepare, codes) => {
    const address = anAccountDay();
    await prepare(address);
    expect(wordOf(await scene.close(address, { act: 'propose' }))).toBe(codes[0]);
    const shown = await findDay(address, scene.needs);
    expect(shown.kind === 'done' && shown.day.hindrances.map(({ code }) => code)).toEqual(codes);
  });

  it('cannot be closed before it is over, nor for an account that nobody reconciles', async () => {
    const address = await scene.reconciled([], anAccountDay('2026-11-24'));
    expect(wordOf(await scene.close(address, { act: 'propose' }))).toBe('day-not-over');
    expect(wordOf(await scene.close({ ...address, merchant: 'la' }, { act: 'propose' }))).toBe('unknown-account');
    expect(
      wordOf(await scene.close({ ...address, day: businessDateSchema.parse('2026-10-31') }, { act: 'propose' })),
    ).toBe('unknown-account');
  });

  it('is never closed by its maker, and by nobody on another proposal than the one that was read', async () => {
    const address = await scene.readyDay();
    await scene.close(address, { act: 'propose' });
    expect(wordOf(await scene.close(address, { act: 'approve', number: 1 }, maker))).toBe('same-person');
    expect(wordOf(await scene.close(address, { act: 'approve', number: 2 }, checker))).toBe('other-proposal');
    expect(wordOf(await scene.close(address, { act: 'propose' }, checker))).toBe('already-proposed');
    expect(
      wordOf(await scene.close(address, { act: 'reject', number: 1, note: 'Chưa đối chiếu ngân hàng' }, maker)),
    ).toBe('reconciled');
    expect(wordOf(await scene.close(address, { act: 'approve', number: 1 }, checker))).toBe('not-proposed');
    expect(wordOf(await scene.close(address, { act: 'propose' }, checker))).toBe('proposed');
    expect(wordOf(await scene.close(address, { act: 'approve', number: 2 }, maker))).toBe('closed');
  });

  it('refuses its maker in the write itself', async () => {
    const address = await scene.readyDay();
    await scene.close(address, { act: 'propose' });
    const record = await scene.record(address);
    const books = { ...address, record, hasMoney: false, needsBank: false, now: tuesdayMorning };
    const decision = approveClose(books, 1, { by: checker, at: tuesdayMorning }, false);
    if (decision.kind !== 'move') throw new Error(decision.kind);
    const forged = { ...decision.close, after: { ...decision.close.after, checker: maker } };

    expect(await scene.needs.book.moveClose(forged, decision.day)).toBe('changed');

    expect(await scene.record(address)).toEqual(record);
  });

  it('is not closed with books that have moved since they were proposed', async () => {
    const address = await scene.readyDay();
    await scene.close(address, { act: 'propose' });
    await scene.run(address, resultOf([], 'healed'));
    expect(wordOf(await scene.close(address, { act: 'approve', number: 1 }, checker))).toBe('outdated');
    expect(await findDay(address, scene.needs)).toMatchObject({ day: { close: { isOutdated: true } } });

    expect(wordOf(await scene.close(address, { act: 'propose' }, maker))).toBe('proposed');
    expect(wordOf(await scene.close(address, { act: 'approve', number: 2 }, checker))).toBe('closed');
  });

  it('is closed by a proposal that another run without news has not touched', async () => {
    const address = await scene.readyDay();
    await scene.close(address, { act: 'propose' });
    await scene.run(address, resultOf([aFinding()]));
    expect(wordOf(await scene.close(address, { act: 'approve', number: 1 }, checker))).toBe('closed');
  });
});

describe('many persons at once', () => {
  it('propose once, and close once', async () => {
    const address = await scene.readyDay();
    const proposals = await Promise.all(times(8, (index) => scene.close(address, { act: 'propose' }, staff(index))));
    expect(proposals.map(wordOf).toSorted()).toEqual([...times(7, () => 'already-proposed'), 'proposed']);

    const approvals = await Promise.all(
      times(8, (index) => scene.close(address, { act: 'approve', number: 1 }, staff(index + 10))),
    );

    expect(approvals.map(wordOf).toSorted()).toEqual([...times(7, () => 'already-closed'), 'closed']);
    expect((await scene.record(address)).close?.trail).toHaveLength(2);
  });

  it('close a day, or a run begins on it, never both', async () => {
    for (let round = 0; round < 4; round += 1) {
      const address = await scene.readyDay();
      await scene.close(address, { act: 'propose' });
      const [approval, ticket] = await Promise.all([
        scene.close(address, { act: 'approve', number: 1 }, checker),
        scene.begin(address),
      ]);
      expect(ticket.isAfterClose).toBe(wordOf(approval) === 'closed');
    }
  });
});

describe('a close whose answer is lost', () => {
  it.each(['committed-then-timeout', 'never-sent', 'throttle-reason', 'conflict-reason'] as const)(
    'is made once when it is asked for again: %s',
    async (kind) => {
      const address = await scene.readyDay();
      for (const [given, by] of [
        [{ act: 'propose' }, maker],
        [{ act: 'approve', number: 1 }, checker],
      ] as const) {
        const fault = injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind });
        await scene.close(address, given, by).catch(() => undefined);
        fault.remove();
        expect(fault.struck()).toBe(1);
        expect((await scene.close(address, given, by)).kind).toBe('done');
      }
      expect((await scene.record(address)).close).toMatchObject({ state: 'closed', revision: 2 });
    },
  );
});

describe('a day without transactions', () => {
  const propose = { act: 'propose', kind: 'no-transactions' };

  it('is said to be one by two persons', async () => {
    const address = anAccountDay();
    await scene.close(address, propose);
    const approved = await scene.close(address, { act: 'approve', number: 1 }, checker);
    expect(approved).toMatchObject({
      day: { state: 'closed', close: { kind: 'no-transactions', proof: { holds: true } } },
    });
  });

  it('is none when there is a file, or money in the ledger', async () => {
    expect(wordOf(await scene.close(await scene.readyDay(), propose))).toBe('has-file');
    const { gateway, merchant } = anAccountDay();
    const money = {
      gateway,
      merchant,
      gatewayRef: null,
      transactionId: 'x-1',
      identity: 'x-1',
      amountVnd: 28_000,
      resultCode: '00',
      paidAt: '2026-11-23T02:00:00.000Z',
      businessDate: monday,
      evidence: { sha256: '0'.repeat(64) },
      owner: 'finance-desk',
      keptAt: tuesdayMorning,
      suspenseClass: 'unknown-order',
    };
    await makeSettlementLedger(scene.table).suspend(suspendedMoneySchema.parse(money));
    expect(wordOf(await scene.close({ gateway, merchant, day: monday }, propose))).toBe('has-money');
  });

  it('is not closed once its file comes between proposal and approval', async () => {
    const address = anAccountDay();
    await scene.close(address, propose);
    await scene.take(address);
    expect(wordOf(await scene.close(address, { act: 'approve', number: 1 }, checker))).toBe('outdated');
  });
});

describe('the list of days', () => {
  const range = { from: businessDateSchema.parse('2026-11-22'), to: businessDateSchema.parse('2026-11-30') };

  it('tells of every account where it stands, latest day first, and leaves out days to come', async () => {
    const address = await scene.closed();
    await scene.take({ ...address, day: businessDateSchema.parse('2026-11-24') });
    const of = { ...range, merchant: address.merchant };
    scene.setClock('2026-11-24T02:00:00.000Z');

    const listing = await listDays(of, scene.needs);

    if (listing.kind === 'refused') throw new Error(listing.explanation);
    expect(listing.days.map((line) => dayLineSchema.parse(line))).toMatchObject([
      { day: '2026-11-24', state: 'taken', isLate: false, openExceptions: 0, file: { revision: 1 } },
      { day: '2026-11-23', state: 'closed', isLate: false, openExceptions: 1, exceptions: 1, run: 1 },
      { day: '2026-11-22', state: 'awaited', isLate: true, closeDueAt: '2026-11-23T10:00:00.000Z' },
    ]);
    expect(await listDays({ ...of, state: 'awaited' }, scene.needs)).toMatchObject({ days: [{ day: '2026-11-22' }] });
  });

  it('is asked for in parts of a quarter', async () => {
    scene.setClock('2027-11-24T02:00:00.000Z');
    const of = { from: range.from, to: businessDateSchema.parse('2027-02-22'), merchant: 'don-vi-1' };
    expect(await listDays(of, scene.needs)).toMatchObject({ kind: 'refused', code: 'too-many-days' });
    expect(await listDays({ ...of, to: businessDateSchema.parse('2027-02-21') }, scene.needs)).toMatchObject({
      kind: 'listed',
    });
  });
});
