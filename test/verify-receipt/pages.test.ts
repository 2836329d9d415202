import { describe, expect, it } from '@jest/globals';
import { pageOfReceipt } from '#functions/verify-receipt/lookup-pages.ts';
import { publicReceiptOf } from '#functions/verify-receipt/public-receipt.ts';
import { readUpload } from '#functions/verify-receipt/read-upload.ts';
import { pageOfVerification, uploadPage } from '#functions/verify-receipt/verification-pages.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { receiptContentSchema } from '#schemas/receipt.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { largestReceiptFile } from '#shared/domain/receipt-file.ts';
import { renderPublicPage } from '#shared/rendering/public-page.ts';
import { checkTitles } from '#shared/signing/verdict.ts';
import { pdfCheckTitles } from '#shared/signing/verify-receipt-pdf.ts';
import { withReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';

it('the page says the same limit of a file as the checks and the refusal', async () => {
  const { ok, ...reading } = await readUpload('', new Uint8Array(largestReceiptFile + 1));
  const says = [renderPublicPage(uploadPage).text, checkTitles.V1, pdfCheckTitles.V1, JSON.stringify(reading)];

  expect(ok).toBe(false);
  for (const text of says) expect(text.match(/\d+ MB/g)).toEqual(['2 MB']);
});

it('the page of a receipt names for whom the organisation collected, where it did so by delegation', () => {
  const delegator = { name: 'Sở Nông nghiệp & Môi trường tỉnh Quảng Ninh', taxCode: '5709990077' };
  const record = withReceipts(aPaidRecord());
  const [receipt] = record.receipts;
  if (receipt === undefined) throw new Error('no receipt');
  const { collector } = receipt.content;
  const content = receiptContentSchema.parse({ ...receipt.content, collector: { ...collector, delegator } });
  const shown = (of: Receipt) => publicReceiptOf({ receipt: of, siblings: [of], payment: record.payment });

  const delegated = shown({ ...receipt, content });

  expect(delegated.collector).toEqual({ name: collector.name, taxCode: collector.taxCode, delegator });
  expect(renderPublicPage(pageOfReceipt(delegated)).text).toContain(
    '<dt>Tổ chức ủy nhiệm thu</dt><dd>Sở Nông nghiệp &amp; Môi trường tỉnh Quảng Ninh, mã số thuế 5709990077</dd>\n' +
      `<dt>Tổ chức thu</dt><dd>${collector.name}</dd>`,
  );
  expect(renderPublicPage(pageOfReceipt(shown(receipt))).text).not.toContain('ủy nhiệm');
});

const hostile = `"><script>alert('1')</script><img src=x onerror=alert(2)>`;

describe('whatever somebody wrote into a name,', () => {
  it('the page of a receipt runs none of it', () => {
    const record = withReceipts(aPaidRecord());
    const [receipt] = record.receipts;
    if (receipt === undefined) throw new Error('no receipt');
    const shown = {
      ...publicReceiptOf({ receipt, siblings: record.receipts, payment: record.payment }),
      payer: hostile,
      series: hostile,
    };

    const { text } = renderPublicPage(pageOfReceipt({ ...shown, collector: { name: hostile, taxCode: hostile } }));

    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('&lt;script&gt;');
  });

  it('the page of a verification runs none of it', () => {
    const signer = { subject: hostile, issuer: hostile, serial: hostile };
    const page = pageOfVerification({
      kind: 'xml',
      isGenuine: true,
      sha256: hostile,
      checks: [{ code: hostile, title: hostile, outcome: 'passed', says: hostile, detail: hostile }],
      receipt: {
        template: hostile,
        series: hostile,
        number: 1,
        issuedOn: businessDateSchema.parse('2026-11-22'),
        collector: { name: hostile, taxCode: hostile },
        payer: hostile,
        amountVnd: 1,
      },
      signer: { ...signer, signedAt: instantSchema.parse('2026-11-22T02:15:41.000Z') },
    });

    expect(renderPublicPage(page).text).not.toMatch(/<script|<img/);
  });
});
