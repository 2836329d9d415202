import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StatementSummary } from '#shared/domain/statement.ts';
import type { Engine } from '../engine.ts';
import { FaultList, type RefusedStatement } from './fault-list.ts';
import { openStatementFile } from './open-file.ts';
import { type Reading, readingOf } from './reading.ts';
import type { StatementOrder } from './statement-order.ts';
import { type TakenRows, takeRows } from './take-rows.ts';

export type LoadedStatement = { readonly kind: 'loaded'; readonly summary: StatementSummary } | RefusedStatement;

/**
 * Reads a gateway's file of a day into the relation `statement`, after everything in it was checked. The file is taken
 * whole or not at all: the relation must not be used when it is refused.
 */
export async function loadStatement(engine: Engine, file: string, order: StatementOrder): Promise<LoadedStatement> {
  const scratch = await mkdtemp(join(engine.tempFolder, 'statement-'));
  try {
    const opened = await openStatementFile(file, scratch);
    if ('code' in opened) {
      const faults = new FaultList();
      faults.add(opened);
      return faults.refusal;
    }
    const reading = await readingOf(opened, order, scratch);
    if ('kind' in reading) return reading;
    const { totals, faults } = await takeReading(engine, reading, order);
    if (!faults.isEmpty) return faults.refusal;
    const { rows, successCount, successSumVnd, firstPaidAt, lastPaidAt } = totals;
    const summary = { digest: opened.digest, rows, successCount, successSumVnd, firstPaidAt, lastPaidAt };
    return { kind: 'loaded', summary };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Reads the rows and everything that the file says of itself. */
export async function takeReading(engine: Engine, reading: Reading, order: StatementOrder): Promise<TakenRows> {
  const taken = await takeEitherWay(engine, reading, order);
  for (const fault of await reading.check(taken.totals)) taken.faults.addOfFile(fault);
  return taken;
}

/** DuckDB's reader refuses whatever is odd without saying enough of it; our own reads on, or names each fault. */
async function takeEitherWay(engine: Engine, reading: Reading, asked: StatementOrder): Promise<TakenRows> {
  const { plan, titles, summaryWords } = reading;
  const unasked = new Set(asked.isForComparison === true ? ['bankCode'] : []);
  const order = { plan, titles, summaryWords, day: asked.day, into: 'statement', unasked };
  if (reading.direct !== undefined) {
    try {
      const taken = await takeRows(engine, { ...order, source: reading.direct });
      if (await reading.tellsLines(taken.totals)) return taken;
    } catch (error) {
      if (!isOfReader(error)) throw error;
    }
  }
  const { source, faults } = await reading.careful();
  const taken = await takeRows(engine, { ...order, source });
  for (const fault of faults) taken.faults.add(fault);
  return taken;
}

function isOfReader(error: unknown): boolean {
  return /CSV (Error|Parser)/.test(String(error));
}
