import { createHash } from 'node:crypto';
import type { EventType } from '#schemas/dossier-confirmation.ts';
import type { ChargeNumber, PaymentId } from '#schemas/ids.ts';

/** Namespace of our confirmations, drawn once. Another value would make every event new to its readers. */
const confirmationNamespace = '10fde309-ab5f-43eb-b469-10a8c668d1a2';

/** What makes two confirmations the same one: nothing of the stream, the clock or the attempt to send. */
export interface EventName {
  readonly paymentId: PaymentId;
  readonly chargeNumber: ChargeNumber;
  readonly type: EventType;
  /** Tells apart what a charge can be told more than once; 1 where it cannot. */
  readonly ordinal: number;
}

/** The id under which a confirmation is known for ever. */
export function eventIdOf({ paymentId, chargeNumber, type, ordinal }: EventName): string {
  return uuidV5(confirmationNamespace, `${paymentId}/${chargeNumber}/${type}/${ordinal}`);
}

/** A name-based UUID over SHA-1 (RFC 9562 §5.5). */
export function uuidV5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
