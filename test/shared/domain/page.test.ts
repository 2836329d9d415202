import { describe, expect, it } from '@jest/globals';
import { pageOf } from '#shared/domain/page.ts';

const placeOf = (word: string) => word;

describe('a page of a list', () => {
  it('is in the order of places, and says where the next one begins', () => {
    const list = ['d', 'b', 'a', 'c'];
    expect(pageOf(list, { limit: 2 }, placeOf)).toEqual({ items: ['a', 'b'], next: 'b' });
    expect(pageOf(list, { limit: 2, after: 'b' }, placeOf)).toEqual({ items: ['c', 'd'] });
    expect(pageOf(list, { limit: 4 }, placeOf)).toEqual({ items: ['a', 'b', 'c', 'd'] });
    expect(pageOf([], { limit: 4 }, placeOf)).toEqual({ items: [] });
  });

  it('repeats and hides nothing when items come and go between two pages', () => {
    const { next } = pageOf(['a', 'c', 'd', 'e'], { limit: 2 }, placeOf);
    // What the first page ended with is gone, something came before it, and something behind it.
    expect(pageOf(['a', 'b', 'd', 'dd', 'e'], { limit: 9, after: next }, placeOf).items).toEqual(['d', 'dd', 'e']);
  });
});
