import { createHash } from 'node:crypto';
import type { Instant } from '#schemas/ids.ts';
import type { ReceiptState } from '#schemas/receipt.ts';
import type { ReceiptFacts } from '#shared/rendering/read-receipt-xml.ts';
import type { Trust } from './check-certificates.ts';
import { type Examination, examineReceipt, type SignerFacts } from './examine-receipt.ts';
import { type Check, type CheckFault, checksOf, type Remarks } from './verdict.ts';
import { withXmlFile } from './xml-file.ts';

/** Which receipt a file claims to be. */
export type ClaimedReceipt = Pick<ReceiptFacts, 'template' | 'series' | 'number' | 'lookupCode'> & {
  readonly taxCode: string;
};

/** What the registry holds of a receipt. */
export interface RegisteredReceipt {
  /** SHA-256 of the archived XML, in hexadecimal; nothing until it is signed. */
  readonly sha256: string | undefined;
  readonly state: ReceiptState;
}

export interface VerifyingNeeds {
  readonly trust: Trust;
  readonly now: Instant;
  /** The registry, where it is at hand; nothing for a receipt that was never issued. */
  readonly lookUp?: (claimed: ClaimedReceipt) => Promise<RegisteredReceipt | undefined>;
}

export interface ReceiptVerdict {
  /** No check failed. Without the registry, V9 stays open: see `checks`. */
  readonly isGenuine: boolean;
  readonly checks: readonly Check[];
  /** SHA-256 of the bytes that were examined, in hexadecimal. */
  readonly sha256: string;
  /** Given only when V1 to V8 passed: nothing else in the file may be believed. */
  readonly facts?: ReceiptFacts;
  readonly signer?: SignerFacts;
}

/**
 * Verifies a receipt's XML, V1 to V8, and V9 where the registry is at hand. Whatever the bytes are, it answers and does
 * not throw; they come from anybody.
 */
export async function verifyReceiptXml(bytes: Uint8Array, needs: VerifyingNeeds): Promise<ReceiptVerdict> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const examined = examine(bytes, needs);
  if (!examined.ok) return { isGenuine: false, checks: checksOf(examined.fault), sha256 };
  const { facts, signer, caution } = examined;
  const registered = await checkRegistry(facts, sha256, needs);
  const cautions: Remarks = caution === undefined ? {} : { V6: { outcome: 'passed', says: caution } };
  const checks = checksOf(registered.fault, { ...cautions, ...registered.remarks });
  return { isGenuine: registered.fault === undefined, checks, sha256, facts, signer };
}

function examine(bytes: Uint8Array, { trust, now }: VerifyingNeeds): Examination {
  try {
    const read = withXmlFile(bytes, (file) => examineReceipt(file, trust, now));
    return read.ok ? read.result : { ok: false, fault: read.fault };
  } catch (error) {
    // A file that the parser or the cryptography chokes on is no receipt of ours, whatever else it is.
    const detail = error instanceof Error ? `${error.name} while reading` : 'unknown fault while reading';
    return { ok: false, fault: { code: 'V1', says: 'Tệp không đọc được.', detail } };
  }
}

/** V9: the registry knows the receipt, and it has these bytes. */
async function checkRegistry(
  facts: ReceiptFacts,
  sha256: string,
  { lookUp }: VerifyingNeeds,
): Promise<{ readonly fault?: CheckFault; readonly remarks: Remarks }> {
  if (lookUp === undefined)
    return { remarks: { V9: undone('Chưa đối chiếu với sổ biên lai (kiểm tra ngoại tuyến).') } };
  const { template, series, number, lookupCode, collector } = facts;
  const claimed = { template, series, number, lookupCode, taxCode: collector.taxCode ?? '' };
  let registered: RegisteredReceipt | undefined;
  try {
    registered = await lookUp(claimed);
  } catch {
    return { remarks: { V9: undone('Sổ biên lai chưa trả lời; hãy kiểm tra lại sau.') } };
  }
  if (registered === undefined) {
    const says = 'Sổ biên lai không có biên lai này.';
    return { fault: { code: 'V9', says, detail: 'no receipt of this template, series and number' }, remarks: {} };
  }
  if (registered.sha256 !== sha256) {
    const says = 'Tệp khác với biên lai đã lưu trong sổ.';
    return { fault: { code: 'V9', says, detail: 'the archived XML has another SHA-256' }, remarks: {} };
  }
  const replaced: Remarks = {
    V9: { outcome: 'passed', says: 'Biên lai thật, nhưng đã bị thay thế bởi biên lai khác.' },
  };
  return { remarks: registered.state === 'replaced' ? replaced : {} };
}

function undone(says: string) {
  return { outcome: 'not-done', says } as const;
}
