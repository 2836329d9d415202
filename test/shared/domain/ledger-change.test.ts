import { describe, expect, it } from '@jest/globals';
import { reached } from '#shared/domain/ledger-change.ts';

describe('a change of the ledger', () => {
  const change = (before: string | undefined, after: string | undefined, entity = 'payment') => ({
    entity,
    before: before === undefined ? undefined : { entity, state: before },
    after: after === undefined ? undefined : { entity, state: after },
  });

  it.each([
    ['open', 'paid'],
    ['expired', 'paid'],
    [undefined, 'paid'],
  ])('reaches a state when it had another one before (%s → %s)', (before, after) => {
    expect(reached(change(before, after), 'paid')).toBe(true);
  });

  it.each([
    ['paid', 'paid'],
    ['open', 'expired'],
    ['paid', undefined],
  ])('does not reach it otherwise (%s → %s)', (before, after) => {
    expect(reached(change(before, after), 'paid')).toBe(false);
  });

  it('of another item than the payment reaches nothing', () => {
    expect(reached(change('open', 'paid', 'refund'), 'paid')).toBe(false);
  });
});
