import type { ArchivedBytes, ReceiptArchive } from '#shared/domain/ports.ts';
import { archiveKeyOf, type Receipt } from '#shared/domain/receipt.ts';
import { type ReceiptDocuments, SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { explain } from './answer-to-error.ts';
import { dateForSigning, type SignerNeeds, signerOf } from './find-signer.ts';

export interface ArchivingNeeds extends SignerNeeds {
  readonly archive: ReceiptArchive;
  readonly documents: ReceiptDocuments;
}

/** Lasts until content, code or archive are mended. */
export class LastingFault extends Error {
  override readonly name = 'LastingFault';
}

/** A document that lies in the archive. */
export interface KeptDocument extends ArchivedBytes {
  readonly key: string;
  /** `adopted`: it lay there before. */
  readonly kind: 'stored' | 'adopted';
}

/** One of the two documents of a receipt. */
interface Document {
  readonly key: string;
  readonly contentType: string;
  readonly make: () => Promise<Uint8Array>;
  /** What keeps other bytes under its key from being it; nothing when they are. */
  readonly faultOf: (bytes: Uint8Array) => Promise<string | undefined>;
}

/**
 * Puts the signed XML of a receipt into the archive, then the signed page that carries it. What the archive holds is the
 * receipt, by whichever certificate it was signed; the rest is made now (ADR 18).
 * @param mayBeArchived a former run may have come as far as the archive
 * @returns also the receipt with the signing time that the documents bear
 * @throws LastingFault, SigningUnavailable, SigningRefused
 */
export async function archiveDocuments(
  receipt: Receipt,
  mayBeArchived: boolean,
  needs: ArchivingNeeds,
): Promise<{ readonly dated: Receipt; readonly xml: KeptDocument; readonly pdf: KeptDocument }> {
  const { archive } = needs;
  const heldXml = mayBeArchived ? await archive.read(archiveKeyOf(receipt, 'xml')) : undefined;
  // What is archived bears its signing time for ever; until then a later one may have to be frozen.
  const dated = heldXml === undefined ? await dateForSigning(receipt, needs) : receipt;
  const xml = await keep(originalOf(dated, needs), heldXml, archive);
  const heldPdf = heldXml === undefined ? undefined : await archive.read(archiveKeyOf(receipt, 'pdf'));
  const pdf = await keep(pageOf(dated, xml.bytes, needs), heldPdf, archive);
  return { dated, xml, pdf };
}

function originalOf(receipt: Receipt, { documents, keys }: ArchivingNeeds): Document {
  const { content } = receipt;
  return {
    key: archiveKeyOf(receipt, 'xml'),
    contentType: 'application/xml',
    make: async () => {
      const text = await purely('written', () => documents.writeXml(content));
      return documents.signXml(text, content, await signerOf(receipt, keys));
    },
    faultOf: (bytes) => documents.faultOfXml(bytes, content),
  };
}

function pageOf(receipt: Receipt, signedXml: Uint8Array, { documents, keys }: ArchivingNeeds): Document {
  const { content } = receipt;
  return {
    key: archiveKeyOf(receipt, 'pdf'),
    contentType: 'application/pdf',
    make: async () => {
      const signer = await signerOf(receipt, keys);
      const page = await purely('drawn', () => documents.drawPage(content, signedXml, signer));
      return documents.signPage(page, signer);
    },
    faultOf: (bytes) => documents.faultOfPage(bytes, content, signedXml),
  };
}

async function keep(
  { key, contentType, make, faultOf }: Document,
  held: ArchivedBytes | undefined,
  archive: ReceiptArchive,
): Promise<KeptDocument> {
  const { kind, bytes, sha256 } =
    held === undefined ? await archive.store(key, await make(), contentType) : ({ kind: 'conflict', ...held } as const);
  if (kind !== 'conflict') return { key, bytes, sha256, kind };
  const fault = await faultOf(bytes);
  if (fault === undefined) return { key, bytes, sha256, kind: 'adopted' };
  throw new LastingFault(
    `the archive holds other bytes under ${key} (SHA-256 ${sha256}): ${fault}. Was the number used twice, or the renderer changed?`,
  );
}

/** Writing and drawing leave nothing to chance, so their failure is no accident; only a signer may be asked once more. */
async function purely<Made>(done: string, make: () => Made | Promise<Made>): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof SigningUnavailable || error instanceof SigningRefused) throw error;
    throw new LastingFault(`the receipt cannot be ${done}: ${explain(error)}`);
  }
}
