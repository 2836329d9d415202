import type { Instant } from '#schemas/ids.ts';
import type { Collector } from '#schemas/receipt.ts';
import type { DayClose, SignedPage } from './day-close.ts';
import type { ProofPageFacts } from './proof-page.ts';
import type { ReceiptSigner } from './signing-ports.ts';
import type { DayAddress } from './statement-day.ts';

/** A closed day whose page is owed, as the index has it. */
export interface OwedPage extends DayAddress {
  readonly dueAt: Instant;
  readonly closedAt: Instant;
}

/** What the sweep reads and writes of the pages of closed days. */
export interface BalancePageLedger {
  /** All that are owed, due or not, by when they are looked at. An index read: a hint, no permission. */
  findOwed(): Promise<readonly OwedPage[]>;
  /** Read consistently. */
  readClose(address: DayAddress): Promise<DayClose | undefined>;
  /** The page of this very close, which owes nothing from then on; on condition that it has none yet. */
  recordPage(close: DayClose, page: SignedPage): Promise<'written' | 'changed'>;
  /** Moves the next look, unless something else moved it; without a time nothing is owed any more. */
  reschedule(owed: OwedPage, dueAt: Instant | undefined): Promise<'written' | 'changed'>;
}

/** The signed page of a closed day, and how it is recognised. */
export interface BalancePages {
  /** @throws SigningUnavailable, SigningRefused as the signer does */
  sign(facts: ProofPageFacts, organisation: Collector, signer: ReceiptSigner): Promise<Uint8Array>;
  /** The time that the signature of a page bears; nothing when it is none of ours. */
  signingTimeOf(page: Uint8Array): Instant | undefined;
  /** What keeps other bytes from being the signed page of these facts; nothing when they are. */
  faultOf(page: Uint8Array, facts: ProofPageFacts, organisation: Collector): Promise<string | undefined>;
}
