import type { BusinessDate } from '#schemas/ids.ts';
import { readArchiveKey } from '#shared/domain/archive-key.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { ListedDocument } from '#shared/domain/restore-ports.ts';

/** What the archive has of one number. */
export interface ArchivedNumber {
  readonly number: number;
  /** The day on which its first document was archived. */
  readonly archivedOn: BusinessDate;
  readonly xml?: ListedDocument;
  readonly pdf?: ListedDocument;
}

/** What archive and register know of one number; at least one of them knows it. */
export interface NumberPair {
  readonly number: number;
  readonly archived?: ArchivedNumber | undefined;
  readonly receipt?: Receipt | undefined;
}

/** Joins what archive and register know, both read in the order of numbers, so that a series of any length fits in memory. */
export async function* pairByNumber(
  documents: AsyncIterable<readonly ListedDocument[]>,
  receipts: AsyncIterable<readonly Receipt[]>,
): AsyncGenerator<NumberPair> {
  const archive = await openCursor(byNumber(documents));
  const register = await openCursor(oneByOne(receipts));
  for (;;) {
    const archived = archive.current();
    const receipt = register.current();
    const number = Math.min(archived?.number ?? Infinity, receipt?.content.number ?? Infinity);
    if (number === Infinity) return;
    const isArchived = archived?.number === number;
    const isRegistered = receipt?.content.number === number;
    yield { number, archived: isArchived ? archived : undefined, receipt: isRegistered ? receipt : undefined };
    if (isArchived) await archive.advance();
    if (isRegistered) await register.advance();
  }
}

/** The documents of a number lie side by side, but a page of the list may end between them. */
async function* byNumber(pages: AsyncIterable<readonly ListedDocument[]>): AsyncGenerator<ArchivedNumber> {
  let open: ArchivedNumber | undefined;
  for await (const document of oneByOne(pages)) {
    const read = readArchiveKey(document.key);
    if (read === undefined) continue;
    const { number, extension } = read;
    if (open !== undefined && open.number !== number) yield open;
    const archivedOn = businessDateOf(document.archivedAt);
    open = { number, archivedOn, ...(open?.number === number ? open : {}), [extension]: document };
  }
  if (open !== undefined) yield open;
}

async function* oneByOne<Item>(pages: AsyncIterable<readonly Item[]>): AsyncGenerator<Item> {
  for await (const page of pages) yield* page;
}

interface Cursor<Item> {
  current(): Item | undefined;
  advance(): Promise<void>;
}

async function openCursor<Item>(items: AsyncGenerator<Item>): Promise<Cursor<Item>> {
  let current: Item | undefined;
  const advance = async () => {
    const step = await items.next();
    current = step.done ? undefined : step.value;
  };
  await advance();
  return { current: () => current, advance };
}
