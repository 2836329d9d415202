import { describe, expect, it } from '@jest/globals';
import { readBillAnswer, readQueryAnswer } from '#shared/gateways/dvcqg/answers.ts';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import { dvcqgAccountSchema } from '#shared/gateways/dvcqg/settings.ts';
import { dvcqgSecret } from '#test/support/dvcqg-messages.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';

const orderRef = '1000000000000301';
const account = dvcqgAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(dvcqg).settings,
  secrets: [dvcqgSecret],
});
const answer = (content: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(content) });
const query = (changes: Readonly<Record<string, unknown>> = {}) => {
  const values = {
    MaLoi: '00',
    MaDoiTac: 'DT000123',
    MaThamChieu: orderRef,
    SoTien: '28000',
    MaGiaoDich: 'PP26112200000192',
    MaNganHang: 'VNPTPAY',
    TrangThaiGD: '1',
    ThoiGianGD: '20261122093000',
    ...changes,
  };
  return readQueryAnswer(answer(values), orderRef, account);
};

describe("the platform's answer to QUERY", () => {
  it('gives a notice, without a time of payment, which it may not tell', () => {
    expect(query()).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'dvcqg',
        merchant: 'ttpvhcc',
        orderRef,
        transactionId: 'PP26112200000192',
        amountVnd: 28_000,
        result: 'paid',
        resultCode: '1',
        paidAt: null,
        bankCode: 'VNPTPAY',
      },
    });
  });

  it.each([
    ['1', 'paid'],
    ['3', 'pending'],
    ['4', 'failed'],
  ])('with TrangThaiGD %s is %s', (TrangThaiGD, result) => {
    expect(query({ TrangThaiGD })).toMatchObject({ kind: 'notice', notice: { result } });
    expect(query({ TrangThaiGD: Number(TrangThaiGD) })).toMatchObject({ kind: 'notice', notice: { result } });
  });

  it.each([
    ['a refused question', { MaLoi: '01' }],
    ['other errors', { MaLoi: '99' }],
    ['a state that is new', { TrangThaiGD: '2' }],
    ['no state', { TrangThaiGD: null }],
    ['another order', { MaThamChieu: '1000000000000302' }],
    ['another partner', { MaDoiTac: 'DT999999' }],
    ['an unreadable amount', { SoTien: '28k' }],
    ['money without a name', { MaGiaoDich: '' }],
  ])('is unknown, never failed, when it tells of %s', (_what, changes) => {
    expect(query(changes)).toMatchObject({ kind: 'unknown' });
  });

  it('need not name the transaction that did not come about', () => {
    expect(query({ TrangThaiGD: '4', MaGiaoDich: null })).toMatchObject({ notice: { transactionId: null } });
  });
});

describe("the platform's answer to GET_BILL", () => {
  const url = 'https://payment.example.gov.vn/bien-lai/1.pdf';
  const bill = (content: unknown) => readBillAnswer(answer(content), orderRef, account);

  it('is an address, or the document itself', () => {
    expect(bill({ MaLoi: '00', UrlBienLai: url })).toEqual({ kind: 'address', url });
    expect(readBillAnswer({ status: 200, headers: {}, body: '%PDF-1.7\n' }, orderRef, account)).toEqual({
      kind: 'document',
    });
  });

  it.each([
    { MaLoi: '01', UrlBienLai: url },
    { MaLoi: '00' },
    { MaLoi: '00', UrlBienLai: 'file:///etc/passwd' },
    { MaLoi: '00', UrlBienLai: url, MaThamChieu: '1000000000000302' },
    [],
  ])('is unknown when it is %j', (content) => {
    expect(bill(content)).toMatchObject({ kind: 'unknown' });
  });
});
