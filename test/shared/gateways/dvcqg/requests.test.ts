import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import { verifyMessage } from '#shared/gateways/dvcqg/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { dvcqgSecret } from '#test/support/dvcqg-messages.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';

const bodySchema = z.record(z.string(), z.unknown());

function openAttempt(settings: Record<string, unknown> = {}, secret: Record<string, unknown> = {}) {
  const account = {
    merchant: 'ttpvhcc',
    settings: { ...readTestAccount(dvcqg).settings, ...settings },
    secrets: [{ ...dvcqgSecret, ...secret }],
  };
  const opening = dvcqg.connect(account).openAttempt(anOrder({ description: 'Nộp phí hồ sơ "H49.14-261122-0001"' }));
  if (opening.kind !== 'request') throw new Error('the platform opens attempts by a request');
  return { ...opening, body: bodySchema.parse(JSON.parse(opening.request.body)) };
}

describe("the platform's INIT", () => {
  it('carries the order, with a checksum by the first secret', () => {
    const { request, body } = openAttempt();
    expect(request).toMatchObject({ method: 'POST', url: 'https://payment.example.gov.vn/init' });
    expect(request.headers).not.toHaveProperty('authorization');
    expect(body).toMatchObject({
      LoaiBanTin: 'INIT',
      PhienBan: '1.0.6',
      MaDoiTac: 'DT000123',
      MaThamChieu: '1000000000000301',
      SoTien: '28000',
      LoaiHinhThanhToan: 'PAY',
      MaKenhThanhToan: '1',
      MaThietBi: '1',
      NgonNgu: 'vi-VN',
      MaTienTe: 'VND',
      MaNganHang: 'PAYMENT',
      ThongTinGiaoDich: 'Nop phi ho so H49.14-261122-0001',
      ThoiGianGD: '20261122091530',
      Ip: '203.0.113.7',
    });
    expect(verifyMessage('init', body, [dvcqgSecret])).toBe(true);
  });

  it('takes along what the portal prints, which the checksum leaves aside', () => {
    const { body } = openAttempt();
    expect(body['ThongTinBienLai']).toMatchObject({
      MaHoSo: 'H49.14-261122-0001',
      HoTenNguoiNop: 'Nguyễn Văn An',
      NoiDungThanhToan: 'Nop phi ho so H49.14-261122-0001',
    });
    expect(verifyMessage('init', { ...body, ThongTinBienLai: {} }, [dvcqgSecret])).toBe(true);
  });

  it('goes through the LGSP with its token, when the settings say so', () => {
    const { request } = openAttempt({ throughLgsp: true }, { lgspToken: 'lgsp-1' });
    expect(request.headers['authorization']).toBe('Bearer lgsp-1');
    expect(openAttempt({}, { lgspToken: 'lgsp-1' }).request.headers).not.toHaveProperty('authorization');
  });
});

describe("the platform's answer to INIT", () => {
  const url = 'https://payment.example.gov.vn/pay?id=1';
  const answer = (content: unknown, status = 200) => ({ status, headers: {}, body: JSON.stringify(content) });
  const { readAnswer } = openAttempt();

  it('gives the address of the payment page', () => {
    expect(readAnswer(answer({ MaLoi: '00', UrlThanhToan: url }))).toEqual({ kind: 'redirect', url });
    const named = { MaLoi: '00', UrlThanhToan: url, MaThamChieu: '1000000000000301', MaDoiTac: 'DT000123' };
    expect(readAnswer(answer(named))).toEqual({ kind: 'redirect', url });
  });

  it.each(['01', '24', '97'])('with MaLoi %s is a refusal', (MaLoi) => {
    expect(readAnswer(answer({ MaLoi, MoTaLoi: 'x' }))).toMatchObject({ kind: 'refused', resultCode: MaLoi });
  });

  it.each([
    ['other errors', { MaLoi: '99' }],
    ['no address', { MaLoi: '00' }],
    ['an address that is none', { MaLoi: '00', UrlThanhToan: 'javascript:alert(1)' }],
    ['another order', { MaLoi: '00', UrlThanhToan: url, MaThamChieu: '1000000000000302' }],
    ['another partner', { MaLoi: '01', MaDoiTac: 'DT999999' }],
    ['no code', { UrlThanhToan: url }],
    ['what only the LGSP would wrap', { error_code: '0', message: JSON.stringify({ MaLoi: '00', UrlThanhToan: url }) }],
  ])('is unknown when it tells of %s', (_what, content) => {
    expect(readAnswer(answer(content))).toMatchObject({ kind: 'unknown' });
  });

  it('is unwrapped when it comes through the LGSP', () => {
    const { readAnswer: readWrapped } = openAttempt({ throughLgsp: true }, { lgspToken: 'lgsp-1' });
    const message = JSON.stringify({ MaLoi: '00', UrlThanhToan: url });
    expect(readWrapped(answer({ error_code: '0', message }))).toEqual({ kind: 'redirect', url });
    expect(readWrapped(answer({ error_code: 0, message }))).toEqual({ kind: 'redirect', url });
    expect(readWrapped(answer({ error_code: '5', message }))).toMatchObject({ kind: 'unknown' });
    expect(readWrapped(answer({ error_code: '0', message: { MaLoi: '01' } }))).toMatchObject({ kind: 'unknown' });
    expect(readWrapped(answer({ MaLoi: '01' }))).toMatchObject({ kind: 'unknown' });
  });
});

describe("the platform's wire builders", () => {
  const query = {
    LoaiBanTin: 'QUERY',
    PhienBan: '1.0.6',
    MaThamChieu: '1000000000000301',
    ThoiGianGD: '20261122091530',
  };

  it('never show the key', () => {
    const { signedText } = dvcqg.wire['query']?.(query, dvcqgSecret) ?? {};
    expect(signedText).toBe('QUERY|1.0.6|DT000123|1000000000000301|20261122091530|<secretKey>');
  });

  it.each([{ MaThamChieu: 'HS-2026' }, { MaThamChieu: '' }, { LoaiBanTin: 'INIT' }])('refuse %j', (change) => {
    expect(() => dvcqg.wire['query']?.({ ...query, ...change }, dvcqgSecret)).toThrow();
  });
});
