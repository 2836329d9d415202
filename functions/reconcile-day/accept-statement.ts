import { join } from 'node:path';
import type { DayComparison } from '#shared/domain/day-comparison.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { StatementSummary } from '#shared/domain/statement.ts';
import { addressOf, type DayAddress } from '#shared/domain/statement-day.ts';
import { type NamedStatement, statementKeyOf } from '#shared/domain/statement-key.ts';
import type { StatementStore } from '#shared/domain/statement-store.ts';
import { type RecordingNeeds, refuseStatement, takeStatement } from '#shared/processes/record-reconciliation.ts';

export interface AcceptingNeeds {
  readonly store: StatementStore;
  readonly openComparison: (address: DayAddress) => Promise<DayComparison>;
  readonly recording: RecordingNeeds;
  readonly logNews: LogNews;
}

/** A file that arrived. */
export interface Arrival extends NamedStatement {
  readonly version?: string | undefined;
}

/** A million rows are a tenth of it: nobody sends more for a day by intent, and the disk of a run holds three of them. */
export const mostBytes = 512 * 1024 * 1024;

/**
 * Reads an arrived file to its end and takes it, or puts on record why not. Told again, it changes nothing.
 * @returns whether the day is to be compared with it
 */
export async function acceptStatement(arrival: Arrival, needs: AcceptingNeeds): Promise<boolean> {
  const address = addressOf(arrival);
  const comparison = await needs.openComparison(address);
  try {
    const file = join(comparison.folder, 'arrived');
    const place = { key: statementKeyOf(arrival), version: arrival.version };
    const fetched = await needs.store.fetch(place, file, mostBytes);
    if (fetched.kind === 'missing') {
      throw new Error(`${place.key} is not in the store although its arrival was told: was it deleted at once?`);
    }
    if (fetched.kind === 'too-large') {
      needs.logNews('STATEMENT_REFUSED', { ...address, first: 'too-large', bytes: fetched.bytes });
      return false;
    }
    const reading = await comparison.readStatement(address, file);
    if (reading.kind === 'loaded') return await take(arrival, reading.summary, needs);
    const { digest } = fetched;
    await refuseStatement(address, { digest, name: arrival.name, faults: reading.faults }, needs.recording);
    return false;
  } finally {
    await comparison.close();
  }
}

/**
 * A file that counts already is compared again: the run before may have broken off, and whoever sends it again may want
 * the ledger of today compared.
 */
async function take(arrival: Arrival, summary: StatementSummary, needs: AcceptingNeeds): Promise<boolean> {
  const { name, version: storedVersion } = arrival;
  const answer = await takeStatement(addressOf(arrival), { name, storedVersion, summary }, needs.recording);
  if (answer.kind === 'taken') return true;
  const { digest } = summary;
  if (answer.kind === 'too-many') {
    needs.logNews('STATEMENT_REFUSED', { ...addressOf(arrival), digest, first: answer.kind });
    return false;
  }
  needs.logNews('STATEMENT_KNOWN', { ...addressOf(arrival), digest, as: answer.kind });
  return answer.kind === 'same';
}
