import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { type Exception, exceptionSchema } from '#shared/domain/exception.ts';
import {
  adjustmentOf,
  differenceOf,
  findingOf,
  planExceptionMoves,
  type RecordingContext,
} from '#shared/domain/found-exceptions.ts';
import type { ReconciledRow } from '#shared/domain/reconciliation.ts';
import {
  aFinding,
  aRow,
  digestNamed,
  maker,
  monday,
  settings,
  tuesdayMorning,
  why,
} from '#test/support/reconciliation-scene.ts';

const contextOf = (number: number, isAfterClose = false, at: string = tuesdayMorning): RecordingContext => ({
  ticket: {
    gateway: 'vnpay',
    merchant: 'don-vi-1',
    day: monday,
    fence: number,
    number,
    statement: digestNamed('file'),
    isAfterClose,
  },
  at: instantSchema.parse(at),
  settings,
});

function found(changes: Partial<ReconciledRow> = {}): Exception {
  const [move] = planExceptionMoves(
    [],
    [aFinding('LECH_TIEN', { ledgerAmountVnd: 20_000, ledgerState: 'paid', ...changes })],
    contextOf(1),
  );
  if (move === undefined) throw new Error('nothing was found');
  return exceptionSchema.parse(move.after);
}

describe('a row of the result', () => {
  it.each([
    ['KHOP', { statementAmountVnd: 28_000, ledgerAmountVnd: 28_000 }],
    ['LECH_NGAY', { statementAmountVnd: 28_000, ledgerAmountVnd: 28_000 }],
    ['HOAN', { statementKind: 'refund', ledgerAmountVnd: 28_000, ledgerState: 'refunded' }],
  ] as const)('of class %s with both sides needs nobody', (name, changes) => {
    expect(findingOf(aRow({ class: name, ...changes }))).toBeUndefined();
  });

  it.each([
    ['on one side only', { statementKind: 'refund' }],
    ['of money that we have as paid', { statementKind: 'refund', ledgerAmountVnd: 28_000, ledgerState: 'paid' }],
    [
      'that we have of money that the gateway has as paid',
      { statementKind: 'payment', ledgerAmountVnd: 28_000, ledgerState: 'refunded' },
    ],
    [
      'that failed at the gateway',
      { statementKind: 'refund', statementStatus: 'failed', ledgerAmountVnd: 28_000, ledgerState: 'refunded' },
    ],
    ['of another amount', { statementKind: 'refund', ledgerAmountVnd: 20_000, ledgerState: 'refunded' }],
  ] as const)('of a refund %s needs a person', (_what, changes) => {
    expect(findingOf(aRow({ class: 'HOAN', ...changes }))).toMatchObject({ class: 'HOAN' });
  });

  it('names our payment where the gateway’s reference holds one', () => {
    expect(findingOf(aRow({ reference: '261123_2261122000018301' }))?.paymentId).toBe('22611220000183');
    expect(findingOf(aRow({ reference: 'FT123' }))).not.toHaveProperty('paymentId');
  });
});

describe('what the gateway has more than the ledger', () => {
  it.each([
    ['THIEU_NOI_BO', {}, 28_000],
    [
      'THIEU_DOI_TAC',
      { statementAmountVnd: null, statementStatus: null, ledgerAmountVnd: 28_000, ledgerState: 'paid' },
      -28_000,
    ],
    ['LECH_TIEN', { ledgerAmountVnd: 20_000, ledgerState: 'paid' }, 8_000],
    ['LECH_TRANG_THAI', { statementStatus: 'failed', ledgerAmountVnd: 28_000, ledgerState: 'paid' }, -28_000],
    ['LECH_TRANG_THAI', { ledgerAmountVnd: 28_000, ledgerState: 'expired' }, 28_000],
    ['THIEU_BIEN_LAI', { ledgerAmountVnd: 28_000, ledgerState: 'paid' }, 0],
    ['HOAN', { statementKind: 'refund' }, -28_000],
    ['HOAN', { statementKind: 'refund', ledgerAmountVnd: 28_000, ledgerState: 'paid' }, -56_000],
    ['HOAN', { statementKind: 'payment', ledgerAmountVnd: 28_000, ledgerState: 'refunded' }, 56_000],
    [
      'HOAN',
      { statementKind: 'refund', statementStatus: 'failed', ledgerAmountVnd: 28_000, ledgerState: 'refunded' },
      28_000,
    ],
    [
      'HOAN',
      { statementAmountVnd: null, statementStatus: null, ledgerAmountVnd: 28_000, ledgerState: 'refunded' },
      28_000,
    ],
  ] as const)('of %s %j is %i đồng', (name, changes, difference) => {
    expect(differenceOf(aFinding(name, changes))).toBe(difference);
  });
});

describe('what a run makes of exceptions', () => {
  it('is nothing when it found them as they stand, whatever people are doing about them', () => {
    const standing: Exception = {
      ...found(),
      state: 'proposed',
      proposal: { end: 'resolve', maker, at: tuesdayMorning, note: why },
    };
    const again = aFinding('LECH_TIEN', {
      ledgerAmountVnd: 20_000,
      ledgerState: 'paid',
      statementLine: 77,
      suggestion: 'DVC1',
    });
    expect(planExceptionMoves([standing], [again], contextOf(2))).toEqual([]);
  });

  it('leaves in peace what two persons have ended, while it is what they saw', () => {
    const ended: Exception = { ...found(), state: 'closed', outcome: 'written-off' };
    const same = aFinding('LECH_TIEN', { ledgerAmountVnd: 20_000, ledgerState: 'paid' });
    const other = aFinding('LECH_TIEN', { ledgerAmountVnd: 2_000, ledgerState: 'paid' });
    expect(planExceptionMoves([ended], [same], contextOf(2))).toEqual([]);
    expect(planExceptionMoves([ended], [], contextOf(2))).toEqual([]);
    expect(planExceptionMoves([ended], [other], contextOf(2))).toMatchObject([
      { after: { state: 'open', ledger: { amountVnd: 2_000 }, trail: [{}, { did: 'found-again', run: 2 }] } },
    ]);
  });

  it('takes back a proposal about what has changed', () => {
    const standing: Exception = {
      ...found(),
      state: 'proposed',
      proposal: { end: 'resolve', maker, at: tuesdayMorning, note: why },
    };
    const [move] = planExceptionMoves(
      [standing],
      [aFinding('LECH_TIEN', { ledgerAmountVnd: 1, ledgerState: 'paid' })],
      contextOf(2),
    );
    expect(move?.after).toMatchObject({ state: 'open', revision: 2 });
    expect(move?.after).not.toHaveProperty('proposal');
  });

  it('begins with what is found and ends with what is explained, so that one that breaks off leaves too many', () => {
    const moves = planExceptionMoves([found()], [aFinding(), aFinding('TRUNG')], contextOf(2));
    expect(moves.map(({ after }) => after.trail.at(-1)?.did)).toEqual(['found', 'found', 'explained']);
  });

  it('on a closed day is booked on the day on which it was found, with what it changes', () => {
    const late = contextOf(3, true, '2026-12-02T02:00:00.000Z');
    const standing = found();
    const moves = planExceptionMoves([standing], [aFinding()], late);
    const booked = moves.map((move) => adjustmentOf(move, late));

    expect(moves[0]?.after).toMatchObject({ day: '2026-11-23', bookedOn: '2026-12-02' });
    expect(moves[1]?.after).toMatchObject({ outcome: 'explained', bookedOn: '2026-11-23' });
    expect(booked).toMatchObject([
      { day: '2026-11-23', bookedOn: '2026-12-02', effect: 'found', differenceVnd: 28_000, run: 3 },
      { effect: 'explained', differenceVnd: -8_000, exceptionId: standing.exceptionId },
    ]);
  });
});
