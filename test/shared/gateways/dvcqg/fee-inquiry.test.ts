import { describe, expect, it } from '@jest/globals';
import { answerFeeInquiry, readFeeInquiry } from '#shared/gateways/dvcqg/fee-inquiry.ts';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import { dvcqgAccountSchema } from '#shared/gateways/dvcqg/settings.ts';
import { aLandCharge, anInstant } from '#test/support/attempt-orders.ts';
import { dvcqgSecret } from '#test/support/dvcqg-messages.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';

const account = dvcqgAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(dvcqg).settings,
  secrets: [dvcqgSecret],
});
const read = (body: string) => readFeeInquiry(new TextEncoder().encode(body));

describe("the portal's question for fees", () => {
  it('names a dossier', () => {
    expect(read('{"MaHoSo":"H49.14-261122-0001"}')).toEqual({ ok: true, dossierCode: 'H49.14-261122-0001' });
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"MaHoSo":""}',
    '{"MaHoSo":1}',
    '{"MaHoSo":"a","MaHoSo":"a"}',
    `{"MaHoSo":"${'x'.repeat(51)}"}`,
  ])('is none when it is %s', (body) => {
    expect(read(body)).toMatchObject({ ok: false });
  });
});

describe('the answer to it', () => {
  it('is the bill of INIT with a look-up code, when something is owed', () => {
    const finding = { kind: 'owed', charge: aLandCharge(), transactionId: '1000000000000301' } as const;
    const answer = answerFeeInquiry(finding, anInstant, account);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      error_code: '1',
      message: {
        MaHoSo: 'H49.14-261122-0001',
        MaTraCuuTT: 'H49.14-261122-000120261122091530',
        transaction_id: '1000000000000301',
        client_id: 'DT000123',
        PhiLePhi: [{ LoaiPhiLePhi: '2', SoTien: '28000' }],
      },
    });
  });

  it.each([
    ['nothing-owed', '0'],
    ['failed', '-1'],
  ] as const)('is without content when it is %s', (kind, code) => {
    expect(JSON.parse(answerFeeInquiry({ kind }, anInstant, account).body)).toEqual({ error_code: code, message: [] });
  });
});
