import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { makeSampleBook } from '#infra/desk/sample-book.ts';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import { player } from '#shared/gateways/dvcqg/player.ts';
import { signMessage } from '#shared/gateways/dvcqg/signer.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { dvcqgSecret } from '#test/support/dvcqg-messages.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';

const { settings } = readTestAccount(dvcqg);
const account = { merchant: 'ttpvhcc', settings, secrets: [dvcqgSecret] };

const valuesSchema = z.record(z.string(), z.unknown());

/** What the platform answers to our INIT, or to one with other values, signed. */
async function initWith(changes: Readonly<Record<string, unknown>>, book = makeSampleBook(anInstant)) {
  const opening = dvcqg.connect(account).openAttempt(anOrder());
  if (opening.kind !== 'request') throw new Error('the platform is asked for a page');
  const values = { ...valuesSchema.parse(JSON.parse(opening.request.body)), ...changes };
  const body = JSON.stringify({ ...values, MaXacThuc: signMessage('init', values, dvcqgSecret) });
  const answer = await player.answer?.({ ...plainRequest, body }, book, account);
  return valuesSchema.parse(JSON.parse(answer?.body ?? 'null'));
}

const plainRequest = { method: 'POST', path: '/init', rawQuery: '', headers: {}, body: '' };

describe('PaymentPlatform as it is played', () => {
  it('opens a page for a signed INIT', async () => {
    const book = makeSampleBook(anInstant);
    expect(await initWith({}, book)).toMatchObject({
      MaLoi: '00',
      MaDoiTac: 'DT000123',
      UrlThanhToan: expect.stringMatching(/^https:/),
    });
    expect(book.all()).toMatchObject([{ orderRef: '1000000000000301', amountVnd: 28_000, openedAt: anInstant }]);
  });

  it.each([{ MaDoiTac: 'DTELSE' }, { SoTien: '28000.5' }, { LoaiBanTin: 'QUERY' }, { ThoiGianGD: '20260230120000' }])(
    'opens none for one that says %j, though it is signed',
    async (changes) => {
      const book = makeSampleBook(anInstant);
      const answer = await initWith(changes, book);
      expect(answer).not.toHaveProperty('UrlThanhToan');
      expect(answer).not.toMatchObject({ MaLoi: '00' });
      expect(book.all()).toEqual([]);
    },
  );

  it('answers a body that is no JSON, and nothing at an address that it does not have', async () => {
    const book = makeSampleBook(anInstant);
    expect((await player.answer?.({ ...plainRequest, body: '<x>' }, book, account))?.body).toContain('"MaLoi":"97"');
    expect(await player.answer?.({ ...plainRequest, path: '/else' }, book, account)).toBeUndefined();
  });

  it('is reached through the LGSP with its token alone', async () => {
    const throughLgsp = {
      ...account,
      settings: { ...settings, throughLgsp: true },
      secrets: [{ ...dvcqgSecret, lgspToken: 'test-only-token' }],
    };
    const send = (headers: Readonly<Record<string, string>>) =>
      player.answer?.({ ...plainRequest, headers }, makeSampleBook(anInstant), throughLgsp);
    expect((await send({}))?.status).toBe(401);
    expect((await send({ authorization: 'Bearer undefined' }))?.status).toBe(401);
    expect((await send({ authorization: 'Bearer test-only-token' }))?.body).toContain('"error_code":"0"');
  });
});
