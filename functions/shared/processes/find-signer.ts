import type { Instant } from '#schemas/ids.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock, ReceiptLedger } from '#shared/domain/ports.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { type ReceiptSigner, type SigningKeys, SigningRefused } from '#shared/domain/signing-ports.ts';

export interface SignerNeeds {
  readonly ledger: Pick<ReceiptLedger, 'moveSigningTime'>;
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/**
 * The signer whose certificate covers the receipt's frozen signing time.
 * @throws SigningUnavailable when it may be found later
 * @throws SigningRefused when a person must act first, also when no key is configured at all
 */
export async function signerOf(
  { taxCode, content: { signingTime } }: Receipt,
  keys: SigningKeys,
): Promise<ReceiptSigner> {
  const signer = await keys.signerOf(taxCode, signingTime);
  if (signer !== undefined) return signer;
  throw new SigningRefused(
    `no key is configured for tax code ${taxCode}: add its row to config/<stage>/signing.json, and deploy`,
  );
}

/**
 * The receipt with a signing time at which it can be signed. Where the certificate ended before the receipt was signed
 * and the next one began later, no certificate will ever cover the frozen time. Then, and only then, it is frozen anew:
 * the law takes for the time of signing when the signature is applied (receipt rules §2). To be called only while the
 * archive holds no document of the receipt.
 * @throws SigningUnavailable, SigningRefused when it cannot be signed now either
 */
export async function dateForSigning(receipt: Receipt, needs: SignerNeeds): Promise<Receipt> {
  try {
    await signerOf(receipt, needs.keys);
    return receipt;
  } catch (refusal) {
    const now = needs.clock();
    if (!(refusal instanceof SigningRefused) || !(await maySignAt(now, receipt, needs.keys))) throw refusal;
    return redate(receipt, now, needs);
  }
}

async function maySignAt(signingTime: Instant, { taxCode }: Receipt, keys: SigningKeys): Promise<boolean> {
  try {
    return (await keys.signerOf(taxCode, signingTime)) !== undefined;
  } catch (error) {
    if (error instanceof SigningRefused) return false;
    throw error;
  }
}

async function redate(receipt: Receipt, signingTime: Instant, needs: SignerNeeds): Promise<Receipt> {
  const { paymentId, content } = receipt;
  if ((await needs.ledger.moveSigningTime(receipt, signingTime)) === 'changed') {
    throw new Error('the receipt changed while its signing time was frozen anew');
  }
  const { series, number } = content;
  needs.logNews('SIGNING_TIME_MOVED', { paymentId, series, number, from: content.signingTime, to: signingTime });
  return { ...receipt, content: { ...content, signingTime } };
}
