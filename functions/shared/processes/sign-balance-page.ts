import type { Instant, UnitCode } from '#schemas/ids.ts';
import type { Collector } from '#schemas/receipt.ts';
import { fileDigestSchema } from '#schemas/reconciliation.ts';
import { factsOfClose, pageKeyOf, signatureOwedBy } from '#shared/domain/balance-page.ts';
import type { BalancePageLedger, BalancePages } from '#shared/domain/balance-page-ports.ts';
import { businessDateOf, instantAfter } from '#shared/domain/calendar.ts';
import { type CollectingUnit, findUnit } from '#shared/domain/collecting-unit.ts';
import type { DayClose } from '#shared/domain/day-close.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { ArchivedBytes, Clock, ProcessAnswer, ReceiptArchive } from '#shared/domain/ports.ts';
import type { ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import { type SigningKeys, SigningRefused } from '#shared/domain/signing-ports.ts';
import { addressOf, type DayAddress } from '#shared/domain/statement-day.ts';
import { answerToError } from './answer-to-error.ts';
import { LastingFault } from './archive-documents.ts';

export interface PageSigningNeeds {
  readonly ledger: Pick<BalancePageLedger, 'readClose' | 'recordPage'>;
  readonly archive: ReceiptArchive;
  readonly pages: BalancePages;
  readonly keys: SigningKeys;
  readonly settings: Pick<ReconciliationSettings, 'accounts'>;
  readonly units: readonly CollectingUnit[];
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/**
 * Signs, archives and records the page that a closed day owes. It acts on what it reads itself, so it may be called for any
 * day at any time, repeatedly and by several at once: what the archive holds is the page, whoever put it there.
 */
export async function signBalancePage(address: DayAddress, needs: PageSigningNeeds): Promise<ProcessAnswer> {
  try {
    const close = await needs.ledger.readClose(address);
    const unitCode = signatureOwedBy(close, needs.settings);
    if (close !== undefined && unitCode !== undefined) await archiveAndRecord(close, unitCode, needs);
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof LastingFault || error instanceof SigningRefused) return { kind: 'fault', why: error.message };
    return answerToError(error);
  }
}

async function archiveAndRecord(close: DayClose, unitCode: UnitCode, needs: PageSigningNeeds): Promise<void> {
  const key = pageKeyOf(close);
  const held = await needs.archive.read(key);
  const kept = held === undefined ? await signAndStore(close, unitCode, needs) : { kind: 'conflict' as const, ...held };
  const signedAt = await timeOfOurs(kept, close, unitCode, needs);
  const { bytes } = kept;
  const sha256 = fileDigestSchema.parse(kept.sha256);
  const page = { key, sha256, bytes: bytes.length, archivedAt: needs.clock(), signedAt };
  // Refused, another run has recorded what it found under the same key.
  if ((await needs.ledger.recordPage(close, page)) === 'changed') return;
  const as = kept.kind === 'stored' ? kept.kind : 'adopted';
  needs.logNews('BALANCE_PAGE_SIGNED', { ...addressOf(close), key, sha256, as });
}

async function signAndStore(close: DayClose, unitCode: UnitCode, needs: PageSigningNeeds) {
  // A signature is dated to the second.
  const signedAt = wholeSecondOf(needs.clock());
  const organisation = organisationOf(unitCode, signedAt, needs.units);
  const signer = await needs.keys.signerOf(organisation.taxCode, signedAt);
  if (signer === undefined) throw new SigningRefused(noKeyFor(organisation.taxCode));
  const page = await needs.pages.sign(factsToSign(close, signedAt), organisation, signer);
  return needs.archive.store(pageKeyOf(close), page, 'application/pdf');
}

/**
 * The signing time of the page that lies in the archive.
 * @throws LastingFault when it is not the page of this close
 */
async function timeOfOurs(
  { kind, bytes, sha256 }: ArchivedBytes & { readonly kind: 'stored' | 'adopted' | 'conflict' },
  close: DayClose,
  unitCode: UnitCode,
  { pages, units }: PageSigningNeeds,
): Promise<Instant> {
  const signedAt = pages.signingTimeOf(bytes);
  if (signedAt === undefined) throw new LastingFault(otherUnder(close, sha256, 'they bear no signature as ours'));
  if (kind !== 'conflict') return signedAt;
  const fault = await pages.faultOf(bytes, factsToSign(close, signedAt), organisationOf(unitCode, signedAt, units));
  if (fault !== undefined) throw new LastingFault(otherUnder(close, sha256, fault));
  return signedAt;
}

const factsToSign = (close: DayClose, signedAt: Instant) =>
  factsOfClose(close, { madeBy: undefined, madeAt: signedAt });

/** The unit as it is called when it signs. */
function organisationOf(unitCode: UnitCode, signedAt: Instant, units: readonly CollectingUnit[]): Collector {
  const finding = findUnit(units, unitCode, businessDateOf(signedAt));
  if (finding.kind === 'found') return finding.unit;
  throw new SigningRefused(
    `signedBy of config/<stage>/reconciliation.json names ${unitCode}, which is no unit of units.json on that day`,
  );
}

const wholeSecondOf = (instant: Instant): Instant => instantAfter(instant, -(Date.parse(instant) % 1_000));

const noKeyFor = (taxCode: string) =>
  `no key is configured for tax code ${taxCode}: add its row to config/<stage>/signing.json, and deploy`;

const otherUnder = (close: DayClose, sha256: string, why: string) =>
  `the archive holds other bytes under ${pageKeyOf(close)} (SHA-256 ${sha256}): ${why}. Was the page drawn by another version?`;
