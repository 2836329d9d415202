import { describe, expect, it } from '@jest/globals';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';

describe('a look-up code', () => {
  it('uses all 32 characters at every place, and does not come twice', () => {
    const codes = Array.from({ length: 5_000 }, drawLookupCode);

    expect(new Set(codes).size).toBe(5_000);
    for (let place = 0; place < 12; place += 1) {
      expect(new Set(codes.map((code) => code[place])).size).toBe(32);
    }
  });
});
