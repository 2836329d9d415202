import { describe, expect, it } from '@jest/globals';
import { pageOfReceipt } from '#functions/verify-receipt/lookup-pages.ts';
import { publicReceiptOf } from '#functions/verify-receipt/public-receipt.ts';
import { pageOfVerification } from '#functions/verify-receipt/verification-pages.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { renderPublicPage } from '#shared/rendering/public-page.ts';
import { withReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';

const hostile = `"><script>alert('1')</script><img src=x onerror=alert(2)>`;

describe('whatever somebody wrote into a name,', () => {
  it('the page of a receipt runs none of it', () => {
    const record = withReceipts(aPaidRecord());
    const [receipt] = record.receipts;
    if (receipt === undefined) throw new Error('no receipt');
    const shown = { ...publicReceiptOf({ receipt, record }), payer: hostile, series: hostile };

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
