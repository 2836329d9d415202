import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { businessDateSchema } from '#schemas/ids.ts';
import { type Engine, openEngine } from '#shared/reconciling/engine.ts';

export const statementDay = businessDateSchema.parse('2026-11-21');

/** A database and a folder for files; to be closed after the suite. */
export interface StatementBench {
  readonly engine: Engine;
  write(content: string | Uint8Array, name?: string): string;
  /** The rows that were taken, in the order of lines. */
  rows(): Promise<readonly ReadRow[]>;
  close(): void;
}

const textSchema = z.nullable(z.string());
const readRowSchema = z.object({
  line: z.int(),
  reference: textSchema,
  transactionId: textSchema,
  paidAt: z.string(),
  businessDate: z.string(),
  amountVnd: z.int(),
  kind: z.string(),
  status: z.string(),
  bankCode: textSchema,
  account: textSchema,
});
export type ReadRow = z.infer<typeof readRowSchema>;

export async function openStatementBench(): Promise<StatementBench> {
  const folder = mkdtempSync(join(tmpdir(), 'statements-'));
  const engine = await openEngine({ memoryLimit: '300MB', tempFolder: folder, threads: 2 });
  let files = 0;
  return {
    engine,
    write(content, name) {
      files += 1;
      const path = join(folder, name ?? `file-${files}`);
      writeFileSync(path, content);
      return path;
    },
    rows: () =>
      engine.rows(
        readRowSchema,
        `SELECT line, reference, transaction_id AS "transactionId", strftime(paid_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS "paidAt",
          CAST(business_date AS VARCHAR) AS "businessDate", amount AS "amountVnd", kind, status, bank_code AS "bankCode", account
         FROM statement ORDER BY line`,
      ),
    close() {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface ProjectFrame {
  readonly partner?: string;
  readonly day?: string;
  readonly count?: number;
  readonly total?: number;
  readonly lineEnd?: string;
  readonly trailer?: string;
}

/** A file in the project layout with a right frame around the given rows, each without its `DTL|`. */
export function projectFile(rows: readonly string[], frame: ProjectFrame = {}): string {
  const { partner = 'BIENLAI1', day = '20261121', count = rows.length, lineEnd = '\n' } = frame;
  const total =
    frame.total ?? rows.reduce((sum, row) => sum + (row.split('|')[4] === '00' ? Number(row.split('|')[3]) : 0), 0);
  const before = [`HDR|${partner}|${day}|${count}|${total}`, ...rows.map((row) => `DTL|${row}`)]
    .map((line) => line + lineEnd)
    .join('');
  return before + (frame.trailer ?? `TRL|${createHash('sha256').update(before).digest('hex')}${lineEnd}`);
}
