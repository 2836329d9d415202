import type { StatementUpload, StatementUploadRequest } from '#schemas/statement-upload.ts';
import { businessDateOf, instantAfter } from '#shared/domain/calendar.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { statementKeyOf } from '#shared/domain/statement-key.ts';
import type { StatementUploads } from '#shared/domain/statement-uploads.ts';
import type { ReconciliationNeeds, Refused } from './reconciliation-needs.ts';
import { hasStatements, unknownAccount } from './show-day.ts';

export interface AnnouncingNeeds extends Pick<ReconciliationNeeds, 'settings' | 'clock'> {
  readonly uploads: StatementUploads;
}

export type Announcement =
  | { readonly kind: 'done'; readonly upload: StatementUpload }
  | Refused<'unknown-account' | 'day-ahead'>;

const validForSeconds = 5 * 60;

/** Says where a statement may be put. It is read when it has arrived, and its day shows what became of it. */
export async function announceStatement(
  address: DayAddress,
  { name, bytes, sha256 }: StatementUploadRequest,
  { settings, clock, uploads }: AnnouncingNeeds,
): Promise<Announcement> {
  if (!hasStatements(address, { settings })) return unknownAccount;
  const now = clock();
  if (address.day > businessDateOf(now)) return dayAhead;
  const key = statementKeyOf({ ...address, name });
  const { url, headers } = await uploads.placeFor({ key, bytes, sha256 }, validForSeconds);
  const expiresAt = instantAfter(now, validForSeconds * 1_000);
  return { kind: 'done', upload: { url, method: 'PUT', headers: { ...headers }, expiresAt, key } };
}

const dayAhead = {
  kind: 'refused',
  code: 'day-ahead',
  explanation:
    'Ngày này chưa đến nên chưa thể có sao kê. Có thể gõ nhầm ngày. Hãy ghi lại ngày giao dịch của tệp. (That day is still to come.)',
} as const satisfies Refused<string>;
