import * as z from 'zod/mini';

/** A page of a list; ask again with `after` = `next` for the one behind it. */
export function pageSchemaOf<Item extends z.ZodMiniType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z.optional(z.string()).check(z.describe('Where the next page begins; absent on the last one')),
  });
}
