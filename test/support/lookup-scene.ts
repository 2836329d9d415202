import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantSchema, type LookupCode } from '#schemas/ids.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { planReceipts } from '#shared/domain/receipt-plan.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { signReceiptXml } from '#shared/signing/sign-receipt-xml.ts';
import { aPaidRecord, putRecord } from './paid-record.ts';
import { aReceiptOf } from './receipts.ts';
import type { SigningScene } from './signed-receipts.ts';

/** A receipt in the ledger, with the file that its payer was given. */
export interface IssuedReceipt {
  readonly code: LookupCode;
  readonly receipt: Receipt;
  readonly xml: Uint8Array;
}

export interface IssuedDraft {
  readonly code?: LookupCode;
  /** Fields of the receipt. */
  readonly receipt?: object;
  /** Fields of the payment. */
  readonly payment?: object;
  readonly payer?: object;
  /** More receipts of the same payment. */
  readonly alsoIssued?: (receipt: Receipt) => readonly Receipt[];
}

/** Issues a signed receipt with a code of its own into the ledger, as the functions leave it. */
export async function issueSigned(
  table: Table,
  signing: SigningScene,
  draft: IssuedDraft = {},
): Promise<IssuedReceipt> {
  const record = aPaidRecord([{ payer: draft.payer ?? {} }], draft.payment);
  const numbered = numberedReceipt(record, draft.code);
  const { content } = numbered;
  const xml = await signReceiptXml(renderReceiptXml(content), content, signing.organisation.signer);
  const receipt = { ...numbered, state: 'signed' as const, xml: documentOf(xml), ...draft.receipt };
  await putRecord(table, { ...record, receipts: [receipt, ...(draft.alsoIssued?.(receipt) ?? [])] });
  return { code: content.lookupCode, receipt, xml };
}

function numberedReceipt(record: PaymentRecord, lookupCode = drawLookupCode()): Receipt {
  const [plan] = planReceipts(record);
  if (plan === undefined) throw new Error('a paid record earns a receipt');
  const at = instantSchema.parse('2026-11-22T02:15:41.000Z');
  return aReceiptOf(plan, {}, { at, lookupCode, lookupUrl: `https://edge.example.vn/r/${lookupCode}` });
}

function documentOf(bytes: Uint8Array): NonNullable<Receipt['xml']> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const archivedAt = instantSchema.parse('2026-11-22T02:15:42.000Z');
  return { key: '5709990011/EBL01/26TAA/00000001.xml', sha256, bytes: bytes.length, archivedAt };
}

/** A file that holds the authority's certificate, for `SIGNING_TRUST_ANCHORS_FILE`. */
export function trustAnchorsFile(signing: SigningScene): string {
  const file = join(mkdtempSync(join(tmpdir(), 'bien-lai-trust-')), 'anchors.pem');
  writeFileSync(file, signing.root.rootPem);
  return file;
}

/** A form as a browser sends it, with a file in each part. */
export async function formOf(...files: readonly (readonly [name: string, bytes: Uint8Array | string])[]) {
  const form = new FormData();
  for (const [name, bytes] of files) {
    form.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name);
  }
  const response = new Response(form);
  return {
    body: new Uint8Array(await response.arrayBuffer()),
    headers: { 'content-type': response.headers.get('content-type') ?? '' },
  };
}
