import { describe, expect, it } from '@jest/globals';
import { type ExceptionAct, exceptionActSchema } from '#schemas/exception.ts';
import { instantSchema } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import type { Exception } from '#shared/domain/exception.ts';
import { decideStep, mostSteps } from '#shared/domain/exception-steps.ts';
import { planExceptionMoves } from '#shared/domain/found-exceptions.ts';
import {
  aFinding,
  checker,
  digestNamed,
  maker,
  monday,
  settings,
  tuesdayMorning,
  why,
} from '#test/support/reconciliation-scene.ts';

const at = instantSchema.parse('2026-11-24T03:00:00.000Z');
const someone = staffCodeSchema.parse('kt.hoa');

function found(): Exception {
  const ticket = {
    gateway: 'vnpay',
    merchant: 'don-vi-1',
    day: monday,
    fence: 1,
    number: 1,
    statement: digestNamed('file'),
    isAfterClose: false,
  };
  const [move] = planExceptionMoves([], [aFinding()], { ticket, at: tuesdayMorning, settings });
  if (move === undefined) throw new Error('nothing was found');
  return move.after;
}

const act = (given: object): ExceptionAct => exceptionActSchema.parse(given);
const decide = (exception: Exception, given: object, by = maker, revision = exception.revision) =>
  decideStep(exception, { revision, act: act(given), by }, at, settings);

function after(exception: Exception, given: object, by = maker): Exception {
  const decision = decide(exception, given, by);
  if (decision.kind !== 'move') throw new Error(JSON.stringify(decision));
  return decision.move.after;
}

const propose = { act: 'propose', end: 'resolve', note: why, evidence: 'BC 15/2026' };
const refusalOf = (...given: Parameters<typeof decide>) => {
  const decision = decide(...given);
  return decision.kind === 'refused' ? decision.refusal.code : decision.kind;
};

describe('an exception', () => {
  it('is ended by two persons, with every step on its trail', () => {
    const assigned = after(found(), { act: 'assign', to: maker }, checker);
    const noted = after(assigned, { act: 'note', note: 'Đã gọi cho cổng, chờ trả lời', evidence: 'VB-112' });
    const proposed = after(noted, propose);
    const ended = after(proposed, { act: 'approve', note: 'Đã xem báo có của ngân hàng' }, checker);

    expect(ended).toMatchObject({ state: 'closed', outcome: 'resolved', closedAt: at, assignee: maker, revision: 5 });
    expect(ended.trail).toMatchObject([
      { did: 'found', run: 1 },
      { did: 'assigned', by: checker, to: maker },
      { did: 'noted', by: maker, evidence: 'VB-112' },
      { did: 'proposed', by: maker, end: 'resolve', note: why, evidence: 'BC 15/2026' },
      { did: 'approved', by: checker },
    ]);
  });

  it('is written off only as it was proposed', () => {
    const proposed = after(found(), { ...propose, end: 'write-off' });
    expect(after(proposed, { act: 'approve' }, checker).outcome).toBe('written-off');
  });

  it('is never ended by whoever proposed it, who may take the proposal back', () => {
    const proposed = after(found(), propose);
    expect(refusalOf(proposed, { act: 'approve' }, maker)).toBe('same-person');
    const open = after(proposed, { act: 'reject', note: 'Nhầm chứng từ, lập lại sau' }, maker);
    expect(open.state).toBe('open');
    expect(open).not.toHaveProperty('proposal');
    expect(decide(proposed, { act: 'approve' }, checker)).toMatchObject({ kind: 'move', move: { checker } });
  });

  it('knows a step that is asked for again, and refuses one on what has moved meanwhile', () => {
    const before = found();
    const proposed = after(before, propose);
    expect(decide(proposed, propose, maker, before.revision)).toEqual({ kind: 'known' });
    expect(refusalOf(proposed, { ...propose, evidence: 'khác' }, maker, before.revision)).toBe('changed');
    expect(refusalOf(proposed, propose, someone, before.revision)).toBe('changed');
    expect(refusalOf(proposed, propose, maker, 99)).toBe('changed');
  });

  it('is escalated once, and stays with whoever has taken it on', () => {
    const escalated = after(after(found(), { act: 'assign', to: someone }), {
      act: 'escalate',
      note: 'Cổng không trả lời',
    });
    expect(escalated).toMatchObject({ desk: settings.escalationDesk, assignee: someone, isEscalated: true });
    expect(refusalOf(escalated, { act: 'escalate', note: 'Cổng không trả lời' })).toBe('already-escalated');
  });

  it('is taken on by a person, and never by a desk', () => {
    const [account] = settings.accounts;
    for (const desk of [settings.otherDesk, settings.escalationDesk, account?.desk]) {
      expect(refusalOf(found(), { act: 'assign', to: desk })).toBe('desk-is-nobody');
    }
    expect(refusalOf(after(found(), { act: 'assign', to: maker }), { act: 'assign', to: maker })).toBe(
      'already-assigned',
    );
  });

  it.each([
    ['approve', { act: 'approve' }],
    ['reject', { act: 'reject', note: 'Chưa đủ chứng từ' }],
  ])('that nobody has proposed to end is not %sd', (_word, given) => {
    expect(refusalOf(found(), given, checker)).toBe('not-proposed');
  });

  it('has one proposal at a time, and nothing more once it is at its end', () => {
    const proposed = after(found(), propose);
    expect(refusalOf(proposed, propose, someone)).toBe('already-proposed');
    const ended = after(proposed, { act: 'approve' }, checker);
    const acts = [
      { act: 'assign', to: someone },
      { act: 'note', note: 'Ghi chú sau khi khép' },
      propose,
      { act: 'reject', note: 'Chưa đủ chứng từ' },
      { act: 'escalate', note: 'Cổng không trả lời' },
    ];
    expect(new Set(acts.map((given) => refusalOf(ended, given)))).toEqual(new Set(['closed']));
  });

  it('can still be approved when its trail is full', () => {
    const note = { act: 'note', note: 'Đang chờ cổng trả lời' };
    let exception = after(found(), propose);
    while (exception.trail.length < mostSteps) exception = after(exception, note);
    expect(refusalOf(exception, note)).toBe('too-many-steps');
    expect(after(exception, { act: 'approve' }, checker).state).toBe('closed');
  });
});
