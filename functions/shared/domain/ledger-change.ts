/** A change of one item of the ledger, as the stream tells it. */
export interface LedgerChange {
  readonly entity: string;
  /** The item before; absent when it is new. */
  readonly before: ItemImage | undefined;
  /** The item after; absent when it was removed. */
  readonly after: ItemImage | undefined;
}

/** Top-level attributes of an item, unchecked: good to see what changed, no permission to act. */
export type ItemImage = Readonly<Record<string, unknown>>;

/** Whether a payment reached a state that it did not have before. */
export function reached(change: LedgerChange, state: string): boolean {
  return change.entity === 'payment' && change.after?.['state'] === state && change.before?.['state'] !== state;
}
