import * as z from 'zod/mini';

/** Which part of a list is asked for, in the query of an address. */
export const pageQuery = {
  limit: z._default(
    z.pipe(
      z.string().check(z.regex(/^\d{1,4}$/, 'must be a number from 1 to 500')),
      z.pipe(z.transform(Number), z.int().check(z.minimum(1), z.maximum(500))),
    ),
    200,
  ),
  /** `next` of the page before. */
  after: z.optional(z.string().check(z.minLength(1), z.maxLength(300))),
};

export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly next?: string;
}

/**
 * One page of a list that is read whole. A page begins behind a place in the order, so items that come and go while
 * somebody turns the pages neither repeat nor hide others.
 * @param placeOf where an item stands in the order of the list; no two have the same place
 */
export function pageOf<Item>(
  list: readonly Item[],
  { limit, after }: PageRequest,
  placeOf: (item: Item) => string,
): Page<Item> {
  const rest = list
    .map((item) => ({ item, place: placeOf(item) }))
    .filter(({ place }) => after === undefined || place > after)
    .toSorted((one, other) => (one.place < other.place ? -1 : 1));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ item }) => item),
    ...(last === undefined || rest.length <= limit ? {} : { next: last.place }),
  };
}
