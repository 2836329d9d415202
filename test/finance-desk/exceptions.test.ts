import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { actOnException, type ExceptionOutcome, findException } from '#functions/finance-desk/act-on-exception.ts';
import { type ExceptionFilter, listExceptions, listExceptionsOfDay } from '#functions/finance-desk/list-exceptions.ts';
import {
  type ExceptionAct,
  type ExceptionId,
  exceptionActSchema,
  exceptionIdSchema,
  exceptionViewSchema,
} from '#schemas/exception.ts';
import { type StaffCode, staffCodeSchema } from '#schemas/staff-code.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { decideStep } from '#shared/domain/exception-steps.ts';
import { reportAgeing } from '#shared/processes/report-ageing.ts';
import { countRequests, injectFault } from '#test/support/faults.ts';
import {
  aFinding,
  checker,
  makeReconciliationScene,
  maker,
  manyFindings,
  type ReconciliationScene,
  resultOf,
  settings,
  tuesdayMorning,
  why,
} from '#test/support/reconciliation-scene.ts';

let scene: ReconciliationScene;

beforeAll(async () => {
  scene = await makeReconciliationScene();
});
beforeEach(() => {
  scene.setClock(tuesdayMorning);
});

const act = (given: object): ExceptionAct => exceptionActSchema.parse(given);
const propose = act({ act: 'propose', end: 'resolve', note: why });
const approve = act({ act: 'approve' });

async function anException(): Promise<ExceptionId> {
  const [exception] = (await scene.record(await scene.reconciled([aFinding()]))).exceptions;
  if (exception === undefined) throw new Error('nothing was found');
  return exception.exceptionId;
}

const doIt = (id: ExceptionId, what: ExceptionAct, by: StaffCode, revision: number) =>
  actOnException(id, { revision, do: what }, by, scene.needs);
const wordOf = (outcome: ExceptionOutcome) => (outcome.kind === 'done' ? outcome.exception.state : outcome.code);
const list = (filter: ExceptionFilter = {}) => listExceptions(filter, scene.needs);
const staff = (index: number) => staffCodeSchema.parse(`kt.can-bo-${index}`);
const times = <Made>(count: number, make: (index: number) => Made): Made[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('an exception at the desk', () => {
  it('is ended by two persons in two requests each, and leaves the list', async () => {
    const id = await anException();
    const { merchant } = (await list()).find(({ exceptionId }) => exceptionId === id) ?? {};
    const requests = countRequests(scene.table.client);

    expect(wordOf(await doIt(id, propose, maker, 1))).toBe('proposed');
    const ended = await doIt(id, approve, checker, 2);

    expect(requests.sent.map(({ command }) => command)).toEqual([
      'GetItemCommand',
      'PutItemCommand',
      'GetItemCommand',
      'PutItemCommand',
    ]);
    if (ended.kind === 'refused') throw new Error(ended.code);
    expect(exceptionViewSchema.parse(ended.exception)).toMatchObject({
      state: 'closed',
      outcome: 'resolved',
      revision: 3,
    });
    expect(await list({ merchant })).toEqual([]);
    expect(scene.logged.slice(-2)).toEqual(['EXCEPTION_MOVED', 'EXCEPTION_MOVED']);
  });

  it('that there is not is told so', async () => {
    const id = exceptionIdSchema.parse('vnpay.don-vi-1.2026-11-23.0123456789abcdef');
    expect(wordOf(await findException(id, scene.needs))).toBe('no-exception');
    expect(wordOf(await doIt(id, approve, checker, 1))).toBe('no-exception');
  });

  it('tells in Vietnamese what somebody else did meanwhile', async () => {
    const id = await anException();
    await doIt(id, act({ act: 'assign', to: maker }), checker, 1);
    expect(await doIt(id, propose, maker, 1)).toMatchObject({
      kind: 'refused',
      code: 'changed',
      explanation: expect.stringMatching(/đã thay đổi .*: được giao, bởi kt\.minh\. Hãy tải lại/),
    });
  });
});

describe('many persons at once', () => {
  it('propose once', async () => {
    const id = await anException();
    const outcomes = await Promise.all(times(12, (index) => doIt(id, propose, staff(index), 1)));
    expect(outcomes.map(wordOf).toSorted()).toEqual([...times(11, () => 'changed'), 'proposed']);
    expect((await scene.exception(id)).trail.map(({ did }) => did)).toEqual(['found', 'proposed']);
  });

  it('approve or reject, never both, and nobody twice', async () => {
    const id = await anException();
    await doIt(id, propose, maker, 1);
    const reject = act({ act: 'reject', note: 'Chưa thấy chứng từ' });

    const outcomes = await Promise.all(
      times(12, (index) => doIt(id, index % 2 === 0 ? approve : reject, staff(index), 2)),
    );

    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect((await scene.exception(id)).trail).toHaveLength(3);
  });

  it('hear the same when one of them presses twelve times', async () => {
    const id = await anException();
    await doIt(id, propose, maker, 1);
    const outcomes = await Promise.all(times(12, () => doIt(id, approve, checker, 2)));
    expect(new Set(outcomes.map(wordOf))).toEqual(new Set(['closed']));
    expect((await scene.exception(id)).trail).toHaveLength(3);
  });
});

describe('the maker of a proposal', () => {
  it('is refused by the write itself, whatever was decided before it', async () => {
    const id = await anException();
    await doIt(id, propose, maker, 1);
    const before = await scene.exception(id);
    const decision = decideStep(before, { revision: 2, act: approve, by: checker }, tuesdayMorning, settings);
    if (decision.kind !== 'move') throw new Error(decision.kind);

    expect(await scene.needs.exceptions.moveException({ ...decision.move, checker: maker })).toBe('changed');

    expect(await scene.exception(id)).toEqual(before);
  });

  it('is told so before anything is written', async () => {
    const id = await anException();
    await doIt(id, propose, maker, 1);
    expect(wordOf(await doIt(id, approve, maker, 2))).toBe('same-person');
  });
});

describe('a step whose answer is lost', () => {
  it.each(['committed-then-timeout', 'never-sent', 'throttle', 'conflict'] as const)(
    'is taken once when it is asked for again: %s',
    async (kind) => {
      const id = await anException();
      const fault = injectFault(scene.table.client, { command: 'PutItemCommand', kind });
      await doIt(id, propose, maker, 1).catch(() => undefined);
      fault.remove();
      expect(fault.struck()).toBe(1);

      expect(wordOf(await doIt(id, propose, maker, 1))).toBe('proposed');

      expect((await scene.exception(id)).revision).toBe(2);
    },
  );
});

describe('a run beside people at work', () => {
  it('loses none of their steps, and they none of its', async () => {
    const address = await scene.reconciled(manyFindings(4));
    const ids = (await scene.record(address)).exceptions.map(({ exceptionId }) => exceptionId);

    await Promise.all([
      scene.run(address, resultOf(manyFindings(2), 'healed')),
      ...ids.map((id) => doIt(id, act({ act: 'note', note: 'Đang hỏi lại cổng' }), maker, 1)),
    ]);

    const { exceptions } = await scene.record(address);
    expect(exceptions.filter(({ outcome }) => outcome === 'explained')).toHaveLength(2);
    for (const { trail, revision } of exceptions) expect(trail).toHaveLength(revision);
  });
});

describe('the list of exceptions', () => {
  it('is narrowed by class, owner, account, state, day, age and clock, what is due first at the top', async () => {
    const address = await scene.reconciled([
      aFinding('LECH_TIEN', { ledgerAmountVnd: 1, ledgerState: 'paid' }),
      aFinding('THIEU_BIEN_LAI', { ledgerAmountVnd: 28_000, ledgerState: 'paid' }),
      aFinding('THIEU_NOI_BO'),
    ]);
    const { merchant, gateway } = address;
    const [receipt, missing] = await list({ merchant });
    await doIt(missing?.exceptionId ?? exceptionIdSchema.parse(''), act({ act: 'assign', to: maker }), checker, 1);
    const classes = async (filter: ExceptionFilter) => (await list({ merchant, ...filter })).map((line) => line.class);

    expect(await classes({})).toEqual(['THIEU_BIEN_LAI', 'THIEU_NOI_BO', 'LECH_TIEN']);
    expect(await classes({ class: 'LECH_TIEN', gateway, state: 'open' })).toEqual(['LECH_TIEN']);
    expect(await classes({ owner: maker })).toEqual(['THIEU_NOI_BO']);
    expect(await classes({ owner: 'kt-thu' })).toEqual(['THIEU_BIEN_LAI', 'LECH_TIEN']);
    expect(await classes({ state: 'proposed' })).toEqual([]);
    expect(await list({ gateway: 'momo', merchant })).toEqual([]);
    scene.setClock('2026-11-24T10:00:00.001Z');
    expect(await classes({ isOverdue: true })).toEqual(['THIEU_BIEN_LAI']);
    scene.setClock('2026-11-25T01:00:00.000Z');
    expect(await classes({ fromAgeDays: 1 })).toHaveLength(3);
    expect(await classes({ fromAgeDays: 2 })).toEqual([]);
    expect(receipt).toMatchObject({ differenceVnd: 0, isAssigned: false, owner: 'kt-thu', isOverdue: false });
    expect(await listExceptionsOfDay(address, { class: 'LECH_TIEN' }, scene.needs)).toMatchObject([
      { class: 'LECH_TIEN', differenceVnd: 27_999 },
    ]);
  });

  it('stands in four shards of the index that the sweep never asks', async () => {
    await anException();
    const requests = countRequests(scene.table.client);
    const open = await list();
    expect(requests.sent.map(({ command }) => command)).toEqual(times(4, () => 'QueryCommand'));
    expect(open.length).toBeGreaterThan(0);
    expect(await makeDueLedger(scene.table).findDue(tuesdayMorning, 100)).toEqual([]);
  });

  it('is counted by class with what is overdue, and the oldest', async () => {
    const calm = await makeReconciliationScene();
    await calm.reconciled([aFinding('THIEU_BIEN_LAI'), aFinding('TRUNG'), aFinding('TRUNG', { transactionId: '2' })]);
    calm.setClock('2026-11-25T01:30:00.000Z');

    const { open, overdue, unassigned, oldestSeconds, byClass, notClosed } = await reportAgeing(calm.needs);

    expect({ open, overdue, unassigned, oldestSeconds, byClass }).toEqual({
      open: 3,
      overdue: 1,
      unassigned: 3,
      oldestSeconds: 86_400,
      byClass: { THIEU_BIEN_LAI: { open: 1, overdue: 1 }, TRUNG: { open: 2, overdue: 0 } },
    });
    // From the 11th to Monday, whose closing hour was yesterday; 80 accounts.
    expect(notClosed).toHaveLength(13 * 80);
    expect(calm.logged).not.toContain('CALENDAR_ENDING');
  });

  it('comes with a warning when nobody has entered the next holidays', async () => {
    const calm = await makeReconciliationScene();
    calm.setClock('2027-12-02T01:30:00.000Z');
    await reportAgeing(calm.needs);
    expect(calm.logged).toEqual(['CALENDAR_ENDING']);
  });
});
