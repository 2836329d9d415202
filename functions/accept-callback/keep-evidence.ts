import type { Evidence } from '#shared/domain/payment.ts';
import type { EvidenceStore } from '#shared/domain/ports.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { keepMessage } from '#shared/processes/keep-message.ts';

/** Keeps the message by which verified news came: its body, or its query where there is none. */
export function keepEvidence(request: CallbackRequest, store: EvidenceStore): Promise<Evidence> {
  const message = request.body.byteLength > 0 ? request.body : Buffer.from(request.rawQuery, 'utf8');
  return keepMessage(message, store);
}
