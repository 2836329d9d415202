import { createHash } from 'node:crypto';
import type { Evidence } from '#shared/domain/payment.ts';
import type { EvidenceStore } from '#shared/domain/ports.ts';

/** What fits beside the settlement in its item; more goes to the evidence bucket first. */
const largestInlineBytes = 8 * 1024;

/** Keeps the message by which verified news came, and its digest: what later proves the news. */
export async function keepMessage(message: Uint8Array, store: EvidenceStore): Promise<Evidence> {
  const sha256 = createHash('sha256').update(message).digest('hex');
  if (message.byteLength > largestInlineBytes) return { sha256, archivedAs: await store.keep(sha256, message) };
  return { sha256, raw: Buffer.from(message).toString('utf8') };
}
