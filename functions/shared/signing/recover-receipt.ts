import type { UnitCode } from '#schemas/ids.ts';
import type { ReceiptContent } from '#schemas/receipt.ts';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import type { ArchivedBytes, Clock, ReceiptArchive } from '#shared/domain/ports.ts';
import type { ArchivedDocument } from '#shared/domain/receipt.ts';
import type { ListedDocument, ReceiptRecovery, Recovery } from '#shared/domain/restore-ports.ts';
import { faultsOfSchema, isSchemaError } from '#shared/domain/schema-faults.ts';
import type { ReceiptFacts } from '#shared/rendering/read-receipt-xml.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { readRendererVersion, recoverContent } from '#shared/rendering/recover-content.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import type { Trust } from './check-certificates.ts';
import { verifyReceiptPdf } from './verify-receipt-pdf.ts';
import { verifyReceiptXml } from './verify-receipt-xml.ts';

export interface RecoveryNeeds {
  readonly archive: Pick<ReceiptArchive, 'read'>;
  readonly trust: Trust;
  readonly units: readonly CollectingUnit[];
  readonly clock: Clock;
}

/** Gives receipts back from their archived documents. Nothing is believed that its signature does not prove. */
export function makeReceiptRecovery(needs: RecoveryNeeds): ReceiptRecovery {
  return {
    async recover(xml, pdf) {
      try {
        return await recover(xml, pdf, needs);
      } catch (error) {
        if (error instanceof Unrecoverable) return { kind: 'refused', why: error.message };
        throw error;
      }
    },
  };
}

/** The documents cannot become a row; the message says why, for whoever must look. */
class Unrecoverable extends Error {
  override readonly name = 'Unrecoverable';
}

async function recover(
  listedXml: ListedDocument,
  listedPdf: ListedDocument | undefined,
  needs: RecoveryNeeds,
): Promise<Recovery> {
  const xml = await readListed(listedXml, needs);
  const { facts, signedAt } = await believe(xml, needs);
  const page = listedPdf === undefined ? undefined : await readPage(listedPdf, xml, needs);
  const content = contentOf(facts, {
    signedAt,
    unitCode: findUnitCode(facts, needs.units),
    rendererVersion: page?.rendererVersion ?? RENDERER_VERSION,
  });
  refuseOthers(xml, content);
  const receipt = { content, xml: documentOf(listedXml, xml) };
  if (listedPdf === undefined || page === undefined) return { kind: 'recovered', receipt };
  return { kind: 'recovered', receipt: { ...receipt, pdf: documentOf(listedPdf, page) } };
}

async function readListed({ key }: ListedDocument, { archive }: RecoveryNeeds): Promise<ArchivedBytes> {
  const held = await archive.read(key);
  if (held === undefined) throw new Unrecoverable(`the archive lists ${key} but does not give it`);
  return held;
}

async function believe(xml: ArchivedBytes, { trust, clock }: RecoveryNeeds) {
  const { isGenuine, facts, signer, checks } = await verifyReceiptXml(xml.bytes, { trust, now: clock() });
  if (isGenuine && facts !== undefined && signer !== undefined) return { facts, signedAt: signer.signedAt };
  const failed = checks.find(({ outcome }) => outcome === 'failed');
  throw new Unrecoverable(`its XML fails check ${failed?.code ?? 'V1'}: ${failed?.detail ?? 'unknown'}`);
}

/** The page must be genuine too, and carry this very original. */
async function readPage(listed: ListedDocument, xml: ArchivedBytes, needs: RecoveryNeeds) {
  const page = await readListed(listed, needs);
  const { isGenuine, original, checks } = await verifyReceiptPdf(page.bytes, {
    trust: needs.trust,
    now: needs.clock(),
  });
  const failed = checks.find(({ outcome }) => outcome === 'failed');
  if (!isGenuine)
    throw new Unrecoverable(`its page fails check ${failed?.code ?? 'V1'}: ${failed?.detail ?? 'unknown'}`);
  if (original?.sha256 !== xml.sha256) throw new Unrecoverable('its page carries another original');
  const rendererVersion = readRendererVersion(page.bytes);
  if (rendererVersion === undefined) throw new Unrecoverable('its page does not say which renderer drew it');
  return { ...page, rendererVersion };
}

function findUnitCode({ collector, issuedOn }: ReceiptFacts, units: readonly CollectingUnit[]): UnitCode {
  const unit = units.find(
    ({ taxCode, validFrom, validTo = '9999' }) =>
      taxCode === collector.taxCode && validFrom <= issuedOn && issuedOn <= validTo,
  );
  if (unit !== undefined) return unit.unitCode;
  throw new Unrecoverable(`units.json knows no unit with tax code ${collector.taxCode ?? 'none'} on ${issuedOn}`);
}

function contentOf(facts: ReceiptFacts, beside: Parameters<typeof recoverContent>[1]): ReceiptContent {
  try {
    return recoverContent(facts, beside);
  } catch (error) {
    if (!isSchemaError(error)) throw error;
    const faults = faultsOfSchema(error).map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Unrecoverable(`its XML is not one of ours: ${faults.join('; ')}`);
  }
}

/** Our writer leaves nothing to chance: only the very same content gives the same XML. */
function refuseOthers({ bytes }: ArchivedBytes, content: ReceiptContent): void {
  const unsigned = new TextDecoder().decode(bytes).replace(/<Signature .*<\/Signature>/s, '');
  if (unsigned === renderReceiptXml(content)) return;
  throw new Unrecoverable('its XML says more than can be read back from it: was it written by another version?');
}

function documentOf({ key, archivedAt }: ListedDocument, { bytes, sha256 }: ArchivedBytes): ArchivedDocument {
  return { key, sha256, bytes: bytes.length, archivedAt };
}
