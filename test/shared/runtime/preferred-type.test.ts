import { describe, expect, it } from '@jest/globals';
import { prefersJson } from '#shared/runtime/preferred-type.ts';

describe('a caller', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['*/*', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', false],
    ['application/json', true],
    ['application/json, text/html;q=0.9', true],
    ['application/json;q=0.5, text/html', false],
    ['application/json, text/html', false],
    ['Application/JSON; charset=utf-8', true],
    ['text/*;q=0.1, application/*', true],
    ['application/json;q=0', false],
    [`${'a/b,'.repeat(10_000)}application/json`, true],
  ])('no. %# is given what it would rather have', (accept, isJson) => {
    expect(prefersJson(accept)).toBe(isJson);
  });
});
