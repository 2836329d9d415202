import { describe, expect, it } from '@jest/globals';
import { isShownKey } from '#shared/gateways/shown-key.ts';

describe('a key that is shown', () => {
  it('is any of the live ones', () => {
    expect(isShownKey('older', ['newer', 'older'])).toBe(true);
    expect(isShownKey('newer', ['newer', 'older'])).toBe(true);
  });

  it.each([undefined, '', 'new', 'newer ', 'Newer', 'newer'.repeat(10_000)])('is none of them as %j', (shown) => {
    expect(isShownKey(shown, ['newer', 'older'])).toBe(false);
  });

  it('is nothing where there are no keys', () => {
    expect(isShownKey('', [])).toBe(false);
  });
});
