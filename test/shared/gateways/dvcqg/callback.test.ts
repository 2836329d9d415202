import { describe, expect, it } from '@jest/globals';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import type { DvcqgValues } from '#shared/gateways/dvcqg/signer.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByBody } from '#test/support/callback-requests.ts';
import { dvcqgConfirm, dvcqgConfirmValues, dvcqgSecret } from '#test/support/dvcqg-messages.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';

const connection = connectTestAccount(dvcqg, dvcqgSecret);
const read = (body: string | Uint8Array) => connection.readCallback(callbackByBody(body), anInstant);
const readChanged = (changes: DvcqgValues) => read(dvcqgConfirm(changes));

describe("the platform's CONFIRM", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged({});
    expect(reading).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'dvcqg',
        merchant: 'ttpvhcc',
        orderRef: '1000000000000301',
        transactionId: 'PP26112200000192',
        amountVnd: 75_000,
        result: 'paid',
        resultCode: '00',
        paidAt: '2026-11-22T02:20:33.000Z',
        bankCode: 'VNPTPAY',
      },
    });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it.each(['24', '01', '99', '0', '000'])('with MaLoi %s is not paid', (MaLoi) => {
    expect(readChanged({ MaLoi })).toMatchObject({ notice: { result: 'failed', resultCode: MaLoi, paidAt: null } });
  });

  it('takes the amount as digits too, by its literal text', () => {
    expect(readChanged({ SoTien: '75000' })).toMatchObject({ notice: { amountVnd: 75_000 } });
    const body = dvcqgConfirm({ SoTien: '75000.0' }).replace('"75000.0"', '75000.0');
    expect(read(body)).toMatchObject({ kind: 'malformed', why: 'SoTien must be 1 to 12 digits' });
  });

  it('is signed whatever kind of message it calls itself', () => {
    expect(readChanged({ LoaiBanTin: 'RESULT' })).toMatchObject({ kind: 'notice' });
  });

  it('leaves fields aside that the platform does not sign', () => {
    const body = dvcqgConfirm().replace('{', '{"Token":"t","SoThe":"9704","MaHoSo":"H49.14-1",');
    expect(read(body)).toEqual(readChanged({}));
  });

  it.each(['', '0', undefined])('has no transaction when MaGiaoDich is %j', (MaGiaoDich) => {
    expect(readChanged({ MaGiaoDich, MaLoi: '24' })).toMatchObject({ notice: { transactionId: null } });
  });

  it.each(['20260230092033', 'now', ''])('keeps the payment when its time is %j', (ThoiGianGD) => {
    expect(readChanged({ ThoiGianGD })).toMatchObject({ notice: { result: 'paid', paidAt: null } });
  });

  it('names the partner when it is not ours', () => {
    expect(readChanged({ MaDoiTac: 'DT999999' })).toMatchObject({ kind: 'notice', foreignAccount: 'DT999999' });
  });

  it.each([
    ['SoTien', '75.000', 'SoTien must be 1 to 12 digits'],
    ['SoTien', -75_000, 'SoTien must be 1 to 12 digits'],
    ['MaTienTe', 'USD', 'MaTienTe must be VND'],
    ['MaLoi', '', 'MaLoi is missing'],
    ['MaDoiTac', '', 'MaDoiTac is missing'],
    ['MaGiaoDich', 'x'.repeat(101), 'MaGiaoDich must be at most 100 characters'],
  ])('with %s = %j is malformed: %s', (name, value, why) => {
    expect(readChanged({ [name]: value })).toMatchObject({ kind: 'malformed', orderRef: '1000000000000301', why });
  });

  it('keeps the readable facts of a malformed message for a person', () => {
    expect(readChanged({ MaThamChieu: '' })).toEqual({
      kind: 'malformed',
      orderRef: null,
      transactionId: 'PP26112200000192',
      paidAt: '2026-11-22T02:20:33.000Z',
      why: 'MaThamChieu is missing',
    });
    expect(readChanged({ SoTien: 'x', MaLoi: '24' })).toMatchObject({ kind: 'malformed', paidAt: null });
  });

  it.each([
    ['is not JSON', 'MaLoi=00'],
    ['is a list', '[]'],
    ['repeats a key', dvcqgConfirm().replace('{', '{"SoTien":1,')],
    ['has no checksum', JSON.stringify(dvcqgConfirmValues())],
    ['has a checksum that is a number', dvcqgConfirm().replace(/"MaXacThuc":"\w+"/, '"MaXacThuc":12')],
    ['has a signed field that is an object', dvcqgConfirm({ MaNganHang: {} })],
  ])('is refused when it %s', (_what, body) => {
    expect(read(body)).toMatchObject({ kind: 'bad-signature' });
  });

  it('is answered in the words of the platform, which repeat what they answer to', () => {
    const answer = connection.answerCallback('paid', callbackByBody(dvcqgConfirm()));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      MaLoi: '00',
      MoTaLoi: 'Thành công',
      MaDoiTac: 'DT000123',
      MaThamChieu: '1000000000000301',
      ThoiGianGD: '20261122092033',
      MaXacThuc: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(['unknown_order', 'amount_mismatch', 'malformed', 'unavailable'] as const)(
    'is answered 99 when it is %s',
    (outcome) => {
      const answer = connection.answerCallback(outcome, callbackByBody(dvcqgConfirm()));
      expect(JSON.parse(answer.body)).toMatchObject({ MaLoi: '99', MaThamChieu: '1000000000000301' });
    },
  );

  it('repeats nothing to a stranger, nor what it cannot read', () => {
    const words = { MaLoi: '99', MoTaLoi: 'Các lỗi khác' };
    expect(JSON.parse(connection.answerCallback('bad_signature', callbackByBody(dvcqgConfirm())).body)).toEqual(words);
    expect(JSON.parse(connection.answerCallback('unavailable', callbackByBody('[]')).body)).toEqual(words);
  });
});
