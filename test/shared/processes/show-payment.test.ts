import { describe, expect, it } from '@jest/globals';
import { paymentViewSchema } from '#schemas/payment-view.ts';
import { identityOf } from '#shared/domain/receipt.ts';
import { showPayment } from '#shared/processes/show-payment.ts';
import { signedAt, withSignedReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';

const links = { linkTo: (key: string) => Promise.resolve(`https://archive.example.vn/${key}`) };

describe('a replaced receipt', () => {
  it('is shown with the one that stands, each naming the other, and without the reason', async () => {
    const record = withSignedReceipts(aPaidRecord());
    const [wrong] = record.receipts;
    if (wrong === undefined) throw new Error('no receipt');
    const content = { ...wrong.content, number: 2, replaces: { ...identityOf(wrong), reason: 'Sai mã số thuế' } };
    const replacement = { ...wrong, revision: 1, content };
    const replacedBy = { ...identityOf(replacement), at: signedAt };
    const receipts = [{ ...wrong, state: 'replaced' as const, replacedBy }, replacement];

    const view = paymentViewSchema.parse(await showPayment({ ...record, receipts }, links));

    const [one, two] = [identityOf(wrong), identityOf(replacement)];
    expect(view.receipts).toMatchObject([
      { number: 1, state: 'replaced', replacedBy: two },
      { number: 2, state: 'signed', replaces: one },
    ]);
    expect(JSON.stringify(view)).not.toContain('Sai mã số thuế');
  });
});
