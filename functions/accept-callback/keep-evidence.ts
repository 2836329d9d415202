import { createHash } from 'node:crypto';
import type { Evidence } from '#shared/domain/payment.ts';
import type { EvidenceStore } from '#shared/domain/ports.ts';
import type { CallbackRequest } from '#shared/gateways/gateway.ts';

/** What fits beside the settlement in its item; more goes to the evidence bucket first. */
const largestInlineBytes = 8 * 1024;

/** Keeps the message by which verified news came: its body, or its query where there is none. */
export async function keepEvidence(request: CallbackRequest, store: EvidenceStore): Promise<Evidence> {
  const message = request.body.byteLength > 0 ? request.body : Buffer.from(request.rawQuery, 'utf8');
  const sha256 = createHash('sha256').update(message).digest('hex');
  if (message.byteLength > largestInlineBytes) return { sha256, archivedAs: await store.keep(sha256, message) };
  return { sha256, raw: Buffer.from(message).toString('utf8') };
}
