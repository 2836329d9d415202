import { createHash } from 'node:crypto';
import type { BusinessDate } from '#schemas/ids.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import type { StatementEntry } from './account-statement.ts';

const words = { success: '00', failed: '02', pending: '01' } as const;

/** A statement in the project layout (receipt rules §10.2). */
export function writeStatement(partner: string, day: BusinessDate, entries: readonly StatementEntry[]): string {
  const signed = entries.map((entry) => (entry.kind === 'refund' ? -entry.amountVnd : entry.amountVnd));
  const total = signed.reduce((sum, amount) => sum + amount, 0);
  const rows = entries.map(({ reference, transactionId, at, kind, status, bankCode }, place) => [
    'DTL',
    reference,
    transactionId,
    vietnamTimeOf(at),
    signed[place],
    kind === 'refund' ? 'HOAN' : words[status],
    bankCode,
  ]);
  const head = ['HDR', partner, day.replaceAll('-', ''), entries.length, total];
  const text = [head, ...rows].map((cells) => `${cells.join('|')}\n`).join('');
  return `${text}TRL|${createHash('sha256').update(text).digest('hex')}\n`;
}
