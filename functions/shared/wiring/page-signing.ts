import { loadReconciliation } from '#config/reconciliation.ts';
import type { Stage } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import { makeBalancePageLedger } from '#shared/adapters/balance-page-ledger.ts';
import type { Bucket } from '#shared/adapters/bucket.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import type { ProcessAnswer } from '#shared/domain/ports.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { signBalancePage } from '#shared/processes/sign-balance-page.ts';
import { spareSilentSigners } from '#shared/processes/spare-silent-signers.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { makeBalancePages } from '#shared/signing/balance-pages.ts';
import type { ReceiptSigning } from './receipt-signing.ts';

/** Where closes and their pages lie. */
export interface PagePlaces {
  readonly table: Table;
  /** The archive of receipts: what it holds is kept as long, and as firmly, as a closed day must be. */
  readonly bucket: Bucket;
}

/** Wires the signing of the pages of closed days, for one run of whoever signs them. */
export function wirePageSigning(
  stage: Stage,
  { table, bucket }: PagePlaces,
  { keys, fonts, trust }: ReceiptSigning,
): (address: DayAddress) => Promise<ProcessAnswer> {
  const needs = {
    ledger: makeBalancePageLedger(table),
    archive: makeReceiptArchive({ bucket, retention: retentions[stage], clock: systemClock }),
    pages: makeBalancePages({ fonts, trust }),
    keys: spareSilentSigners(keys),
    settings: loadReconciliation(stage),
    units: loadUnits(stage),
    clock: systemClock,
    logNews,
  };
  return (address) => signBalancePage(address, needs);
}
