import { describe, expect, it } from '@jest/globals';
import { acknowledgementOf } from '#shared/gateways/acknowledgement.ts';

describe('an acknowledgement in few words', () => {
  it.each(['paid', 'failed', 'unknown_order', 'amount_mismatch', 'malformed'] as const)(
    'says that %s was recorded',
    (outcome) => {
      expect(acknowledgementOf(outcome)).toBe('recorded');
    },
  );

  it('refuses what was not believed, and asks again for what we could not write', () => {
    expect(acknowledgementOf('bad_signature')).toBe('refused');
    expect(acknowledgementOf('expired')).toBe('refused');
    expect(acknowledgementOf('unavailable')).toBe('call-again');
  });
});
