import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instantSchema } from '#schemas/ids.ts';
import type { PaymentView } from '#schemas/payment-view.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import type { Check } from '#shared/signing/verdict.ts';
import { type FileVerdict, verifyReceiptFile } from '#shared/signing/verify-receipt-file.ts';
import type { LocalStack } from './stack.ts';
import { waitUntil } from './wait-until.ts';

export interface DemoOptions {
  readonly outputFolder: string;
  readonly say: (line: string) => void;
}

type ReceiptView = PaymentView['receipts'][number];

/** A receipt with both of its documents. */
export type SignedReceiptView = ReceiptView & Readonly<Record<'xml' | 'pdf', NonNullable<ReceiptView['xml']>>>;

/** Waits until the payment's receipt is signed. */
export async function awaitReceipt({ dossierSystem }: LocalStack, paymentId: string): Promise<SignedReceiptView> {
  return waitUntil(
    `the signed receipt of payment ${paymentId}`,
    async () => {
      const receipt = (await dossierSystem.readPayment(paymentId))?.receipts[0];
      const { state, xml, pdf } = receipt ?? {};
      if (receipt === undefined || state !== 'signed' || xml === undefined || pdf === undefined) return undefined;
      return { ...receipt, xml, pdf };
    },
    { timeoutMs: 60_000 },
  );
}

/** Fetches both documents from the archive, and puts beside them whose certificate signed and whom to believe. */
export async function saveReceipt(
  { signing }: LocalStack,
  receipt: SignedReceiptView,
  { outputFolder, say }: DemoOptions,
): Promise<void> {
  const { template, series, number, lookupCode, xml, pdf } = receipt;
  say(`6. Biên lai đã ký số (signed receipt): ${template} ${series} số ${number}, mã tra cứu ${lookupCode}`);
  for (const [name, { url, sha256 }] of [['receipt.xml', xml] as const, ['receipt.pdf', pdf] as const]) {
    const file = join(outputFolder, name);
    await writeFile(file, await fetchDocument(url));
    say(`   ${file}, SHA-256 ${sha256}`);
  }
  const [signer, anchors] = [join(outputFolder, 'signer.pem'), join(outputFolder, 'trust-anchors.pem')];
  await copyFile(signing.signerFileOf(receipt.collectorTaxCode), signer);
  await copyFile(signing.trustAnchorsFile, anchors);
  say(`   ${signer}, chứng thư gốc (trust anchors) ${anchors}`);
}

async function fetchDocument(url: string): Promise<Buffer> {
  const archived = await fetch(url);
  if (!archived.ok) throw new Error(`The archive gave no document: ${archived.status}.`);
  return Buffer.from(await archived.arrayBuffer());
}

/**
 * Verifies the saved files, V1 to V9, as anybody could who has them and the trust anchors.
 * @throws Error when a check does not pass
 */
export async function verifySaved(
  { signing }: LocalStack,
  receipt: SignedReceiptView,
  { outputFolder, say }: DemoOptions,
): Promise<void> {
  const needs = {
    trust: { anchors: [readSigningCertificate(signing.trustAnchorsPem)], revoked: [] },
    now: instantSchema.parse(new Date().toISOString()),
    lookUp: () => Promise.resolve({ sha256: receipt.xml.sha256, state: receipt.state }),
  };
  say('7. Kiểm tra chữ ký và nội dung (verified):');
  for (const name of ['receipt.xml', 'receipt.pdf']) {
    const verdict = await verifyReceiptFile(await readFile(join(outputFolder, name)), needs);
    say(`   ${name}: ${verdict.checks.map(resultOf).join(' · ')}`);
    refuseFalse(name, verdict);
  }
  say(`   npm run verify -- ${join(outputFolder, 'receipt.xml')} --trust ${join(outputFolder, 'trust-anchors.pem')}`);
}

const results: Readonly<Record<Check['outcome'], string>> = {
  passed: 'đạt',
  failed: 'KHÔNG ĐẠT',
  'not-done': 'chưa kiểm tra',
};

function resultOf({ code, outcome }: Check): string {
  return `${code} ${results[outcome]}`;
}

function refuseFalse(name: string, { checks }: FileVerdict): void {
  const open = checks.filter(({ outcome }) => outcome !== 'passed');
  if (open.length === 0) return;
  throw new Error(
    `${name} is not valid: ${open.map(({ code, says, detail }) => `${code} ${says} ${detail}`).join('; ')}`,
  );
}
