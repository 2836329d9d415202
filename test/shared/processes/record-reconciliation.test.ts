import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exceptionIdSchema } from '#schemas/exception.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { recordRun, refuseStatement, startRun, takeStatement } from '#shared/processes/record-reconciliation.ts';
import { countRequests } from '#test/support/faults.ts';
import {
  aFinding,
  anAccountDay,
  digestNamed,
  figuresOf,
  makeReconciliationScene,
  manyFindings,
  type ReconciliationScene,
  resultOf,
  tuesdayMorning,
} from '#test/support/reconciliation-scene.ts';

let scene: ReconciliationScene;

beforeAll(async () => {
  scene = await makeReconciliationScene();
});
beforeEach(() => {
  scene.setClock(tuesdayMorning);
});

const statesOf = async (address: DayAddress) =>
  (await scene.record(address)).exceptions.map(({ state, outcome, trail }) => [
    state,
    outcome,
    trail.map(({ did }) => did).join(' '),
  ]);

describe('a statement', () => {
  it('is taken in two requests, and the same file again changes nothing', async () => {
    const address = anAccountDay();
    const requests = countRequests(scene.table.client);
    expect(await scene.take(address)).toEqual({ kind: 'taken', revision: 1 });
    expect(requests.sent.map(({ command }) => command)).toEqual(['GetItemCommand', 'PutItemCommand']);
    const before = await scene.items(address);

    expect(await scene.take(address)).toEqual({ kind: 'same' });

    expect(await scene.items(address)).toEqual(before);
  });

  it('is the next revision when it is another file, and an older file that is sent again stays replaced', async () => {
    const address = anAccountDay();
    await scene.take(address, 'first.txt');
    expect(await scene.take(address, 'second.txt')).toEqual({ kind: 'taken', revision: 2 });

    expect(await scene.take(address, 'first.txt')).toEqual({ kind: 'replaced-before', revision: 1 });

    const { day } = await scene.record(address);
    expect(day?.file).toMatchObject({ name: 'second.txt', revision: 2 });
    expect(day?.replacedFiles).toMatchObject([{ name: 'first.txt', revision: 1 }]);
  });

  it('finds its place in the chain when several files arrive at once, some of them twice', async () => {
    const address = anAccountDay();
    const names = ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd'];

    await Promise.all(names.map((name) => scene.take(address, name)));

    const { day } = await scene.record(address);
    const chain = [...(day?.replacedFiles ?? []), ...(day?.file === undefined ? [] : [day.file])];
    expect(chain.map(({ revision }) => revision)).toEqual([1, 2, 3, 4]);
    expect(chain.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('that was refused is kept with its first faults, once, and the file that counted still counts', async () => {
    const address = anAccountDay();
    await scene.take(address);
    const faults = Array.from({ length: 80 }, (_, index) => ({
      line: index + 2,
      code: 'bad-amount' as const,
      says: 'Số tiền có dấu phẩy. Hãy xuất lại tệp.',
    }));
    const refused = { digest: digestNamed('broken'), name: 'broken.txt', faults };

    await refuseStatement(address, refused, scene.needs);
    await refuseStatement(address, refused, scene.needs);

    const { day, refusals } = await scene.record(address);
    expect(refusals).toMatchObject([{ name: 'broken.txt', faultCount: 80 }]);
    expect(refusals[0]?.faults).toHaveLength(50);
    expect(day).toMatchObject({ file: { revision: 1 }, books: 1, version: 2, lastRefusal: { faultCount: 80 } });
  });
});

describe('a run', () => {
  it('cannot begin while there is no file', async () => {
    expect(await startRun(anAccountDay(), scene.needs)).toBeUndefined();
  });

  it('is recorded with its exceptions in as many transactions as they need, and the day counts it', async () => {
    const address = anAccountDay();
    await scene.take(address);
    const ticket = await scene.begin(address);
    const requests = countRequests(scene.table.client);

    expect(await recordRun(ticket, resultOf(manyFindings(50)), scene.needs)).toMatchObject({ kind: 'recorded' });

    // The day, its exceptions, 49 of them and the last; then the day again, and the run as the mark that all are there.
    expect(requests.sent.map(({ command }) => command)).toEqual([
      'GetItemCommand',
      'QueryCommand',
      'TransactWriteItemsCommand',
      'TransactWriteItemsCommand',
      'GetItemCommand',
      'TransactWriteItemsCommand',
    ]);
    const { day, runs, exceptions } = await scene.record(address);
    expect(day).toMatchObject({ begun: 1, books: 2, latest: { number: 1, exceptions: 50 } });
    expect(day).not.toHaveProperty('running');
    expect(runs).toMatchObject([{ number: 1, exceptions: 50, inputs: { statement: digestNamed('statement.txt') } }]);
    expect(exceptions).toHaveLength(50);
    expect(exceptions[0]).toMatchObject({
      ...address,
      bookedOn: address.day,
      class: 'THIEU_NOI_BO',
      desk: 'kt-thu',
      state: 'open',
      // Found on Tuesday, one working day allowed, until 17:00 in Vietnam.
      dueAt: '2026-11-25T10:00:00.000Z',
      trail: [{ did: 'found', run: 1, at: tuesdayMorning }],
      revision: 1,
    });
  });

  it('of the same inputs with the same result leaves nothing but the trace that it began', async () => {
    const address = await scene.reconciled(manyFindings(3));
    const before = await scene.items(address);

    expect(await scene.run(address, resultOf(manyFindings(3)))).toMatchObject({
      kind: 'unchanged',
      run: { number: 1 },
    });

    const withoutCounters = (items: Awaited<ReturnType<ReconciliationScene['items']>>) =>
      items.map(({ begun: _begun, version: _version, ...item }) => item);
    expect(withoutCounters(await scene.items(address))).toEqual(withoutCounters(before));
  });

  it('explains what it no longer finds, and opens it again when a later one does', async () => {
    const address = await scene.reconciled([aFinding()]);
    await scene.run(address, resultOf([], 'healed'));
    expect(await statesOf(address)).toEqual([['closed', 'explained', 'found explained']]);
    scene.setClock('2026-11-26T02:00:00.000Z');

    await scene.run(address, resultOf([aFinding()], 'not healed'));

    expect(await statesOf(address)).toEqual([['open', undefined, 'found explained found-again']]);
    expect((await scene.record(address)).exceptions[0]?.dueAt).toBe('2026-11-27T10:00:00.000Z');
  });

  it('tells what has changed of an exception, and keeps its id and its trail', async () => {
    const address = await scene.reconciled([aFinding()]);

    await scene.run(address, resultOf([aFinding('THIEU_NOI_BO', { statementAmountVnd: 82_000 })], 'corrected'));

    const [exception] = (await scene.record(address)).exceptions;
    expect(exception).toMatchObject({ state: 'open', statement: { amountVnd: 82_000 }, revision: 2 });
    expect(exception?.trail.at(-1)).toEqual({
      at: tuesdayMorning,
      did: 'changed',
      run: 2,
      note: 'cổng: 82000 success; sổ: –',
    });
  });

  it('writes no more once a later run has begun, or another file has come', async () => {
    const address = anAccountDay();
    await scene.take(address);
    const [early, late] = [await scene.begin(address), await scene.begin(address)];
    await recordRun(late, resultOf([aFinding()]), scene.needs);
    const before = await scene.items(address);
    expect(await recordRun(early, resultOf(manyFindings(3)), scene.needs)).toEqual({ kind: 'superseded' });
    expect(await scene.items(address)).toEqual(before);

    const ticket = await scene.begin(address);
    await scene.take(address, 'corrected.txt');
    expect(await recordRun(ticket, resultOf([]), scene.needs)).toEqual({ kind: 'superseded' });
  });

  it('is fenced off by the write itself, when a later one begins in between', async () => {
    const address = anAccountDay();
    await scene.take(address);
    const ticket = await scene.begin(address);
    const rival = {
      ...scene.needs,
      ledger: {
        ...scene.needs.ledger,
        readExceptions: async (of: DayAddress) => {
          const read = await scene.needs.ledger.readExceptions(of);
          await scene.begin(address);
          return read;
        },
      },
    };

    expect(await recordRun(ticket, resultOf([aFinding()]), rival)).toEqual({ kind: 'superseded' });

    expect((await scene.record(address)).exceptions).toEqual([]);
  });
});

describe('many runs of one day at once', () => {
  it('end in what the one that began last has found', async () => {
    const address = anAccountDay();
    await scene.take(address);
    const results = [manyFindings(60), manyFindings(3), [], manyFindings(55), [aFinding()]].map((findings, index) =>
      resultOf(findings, `ledger-${index}`),
    );

    const answers = await Promise.all(results.map((result) => scene.run(address, result)));

    // A last run to be sure of the end, whoever came first before it.
    await scene.run(address, resultOf(manyFindings(2), 'last'));
    const { day, exceptions, runs } = await scene.record(address);
    const open = exceptions.filter(({ state }) => state !== 'closed').map(({ transactionId }) => transactionId);
    expect(new Set(open)).toEqual(new Set(['tx-0', 'tx-1']));
    expect(exceptions.filter(({ outcome }) => outcome === 'explained')).toHaveLength(exceptions.length - 2);
    expect(day?.running).toBeUndefined();
    expect(runs.map(({ number }) => number)).toEqual(runs.map((_, index) => index + 1));
    expect(answers.filter(({ kind }) => kind === 'recorded')).toHaveLength(runs.length - 1);
  });

  it('of the same inputs are one run', async () => {
    const address = anAccountDay();
    await scene.take(address);

    await Promise.all(Array.from({ length: 6 }, () => scene.run(address, resultOf(manyFindings(70)))));
    await scene.run(address, resultOf(manyFindings(70)));

    const { runs, exceptions, day } = await scene.record(address);
    expect(runs).toHaveLength(1);
    expect(exceptions).toHaveLength(70);
    expect(exceptions.every(({ revision }) => revision === 1)).toBe(true);
    expect(day).toMatchObject({ latest: { number: 1 } });
  });
});

describe('findings of a day', () => {
  it('about the same thing are told apart, and keep their names in every run', async () => {
    const refund = (amount: number) =>
      aFinding('HOAN', { transactionId: 'r-1', statementAmountVnd: amount, statementLine: amount });
    const address = await scene.reconciled([refund(10_000), refund(5_000)]);
    const before = (await scene.record(address)).exceptions.map(({ exceptionId }) => exceptionId);
    expect(new Set(before).size).toBe(2);

    await scene.run(address, resultOf([refund(5_000), refund(10_000)], 'other order'));

    const after = (await scene.record(address)).exceptions;
    expect(after.map(({ exceptionId }) => exceptionId)).toEqual(before);
    expect(after.every(({ revision }) => revision === 1)).toBe(true);
  });

  it('have ids that say where they lie', async () => {
    const address = await scene.reconciled([aFinding()]);
    const [exception] = (await scene.record(address)).exceptions;
    expect(exceptionIdSchema.parse(exception?.exceptionId)).toMatch(
      new RegExp(`^vnpay\\.${address.merchant}\\.2026-11-23\\.[0-9a-f]{16}$`),
    );
  });
});

describe('another file of the same name', () => {
  it('counts with its own sums', async () => {
    const address = anAccountDay();
    await scene.take(address);
    const summary = {
      digest: digestNamed('other bytes'),
      rows: 1,
      successCount: 1,
      successSumVnd: 28_000,
      firstPaidAt: undefined,
      lastPaidAt: undefined,
    };
    await takeStatement(address, { name: 'statement.txt', summary }, scene.needs);
    await scene.run(address, resultOf([], 'ledger', figuresOf([], { count: 1, sum: 28_000 })));
    expect((await scene.record(address)).day).toMatchObject({
      file: { revision: 2, successSumVnd: 28_000 },
      latest: { statement: digestNamed('other bytes') },
    });
  });
});
