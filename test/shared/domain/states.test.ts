import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  attemptOutcomes,
  outcomeTransitions,
  type PaymentEvent,
  type PaymentState,
  paymentEvents,
  paymentStates,
  stateAfter,
  statesBefore,
} from '#shared/domain/states.ts';
import { drawPaymentStates } from '../../../docs/draw-payment-states.ts';

/** Written out by hand, all of it, so that a change of the table is a change of this test too. */
const expected: Record<PaymentState, Record<PaymentEvent, PaymentState | 'refused'>> = {
  open: { settle: 'paid', expire: 'expired', cancel: 'cancelled', waive: 'waived' },
  paid: { settle: 'refused', expire: 'refused', cancel: 'refused', waive: 'refused' },
  expired: { settle: 'paid', expire: 'refused', cancel: 'refused', waive: 'refused' },
  cancelled: { settle: 'refused', expire: 'refused', cancel: 'refused', waive: 'refused' },
  waived: { settle: 'refused', expire: 'refused', cancel: 'refused', waive: 'refused' },
};

describe('the transition table', () => {
  const cases = paymentStates.flatMap((state) => paymentEvents.map((event) => [state, event] as const));

  it.each(cases)('says what becomes of %s on %s', (state, event) => {
    expect(stateAfter(state, event) ?? 'refused').toBe(expected[state][event]);
  });

  it.each(paymentEvents)('lists the states before %s just as it lists the moves', (event) => {
    const before = paymentStates.filter((state) => expected[state][event] !== 'refused');

    expect(statesBefore(event)).toEqual(before);
  });

  it('never leads back to open, and never out of paid', () => {
    const reached = paymentStates.flatMap((state) => paymentEvents.map((event) => stateAfter(state, event)));

    expect(reached).not.toContain('open');
    expect(paymentEvents.map((event) => stateAfter('paid', event))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is the one that docs/payment-states.md shows', () => {
    const page = readFileSync(new URL('../../../docs/payment-states.md', import.meta.url), 'utf8');

    expect(page).toBe(drawPaymentStates());
  });
});

describe('outcomes of an attempt', () => {
  it('only ever grow: what a failure may replace, a review may, and what a review may, a success may', () => {
    expect(outcomeTransitions.review).toEqual(expect.arrayContaining([...outcomeTransitions.failed]));
    expect(outcomeTransitions.succeeded).toEqual(expect.arrayContaining([...outcomeTransitions.review]));
    expect(outcomeTransitions.failed).not.toContain('succeeded');
    expect(outcomeTransitions.review).not.toContain('succeeded');
  });

  it('never stop a success', () => {
    expect(outcomeTransitions.succeeded).toEqual(attemptOutcomes);
  });
});
