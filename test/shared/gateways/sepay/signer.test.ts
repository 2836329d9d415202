import { describe, expect, it } from '@jest/globals';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { SepaySecret } from '#shared/gateways/sepay/settings.ts';
import { authenticate } from '#shared/gateways/sepay/signer.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { sepayKey, sepaySecret, sepayWebhook } from '#test/support/sepay-messages.ts';

const body = '{"id":1}';

/** What becomes of a webhook that was signed at `anInstant` and arrives so much later. */
const later = (milliseconds: number) =>
  authenticate(sepayWebhook(body), instantAfter(anInstant, milliseconds), [sepaySecret]);

function withHeaders(headers: Readonly<Record<string, string | undefined>>, ...secrets: readonly SepaySecret[]) {
  const request = sepayWebhook(body);
  const changed = { ...request, headers: { ...request.headers, ...headers } };
  return authenticate(changed, anInstant, secrets.length === 0 ? [sepaySecret] : secrets);
}

describe("SePay's signature", () => {
  it.each([0, 300_000, -300_000])('is believed %d ms after the time that it names', (milliseconds) => {
    expect(later(milliseconds)).toBe('authentic');
  });

  it.each([300_001, -300_001, 86_400_000])('has expired %d ms after it', (milliseconds) => {
    expect(later(milliseconds)).toBe('expired');
  });

  it('covers the time and the very bytes of the body', () => {
    const request = sepayWebhook(body);
    const respaced = new TextEncoder().encode('{"id": 1}');
    expect(authenticate({ ...request, body: respaced }, anInstant, [sepaySecret])).toBe('unproved');
    const bytes = Uint8Array.of(0xff, 0x00, 0xfe);
    expect(authenticate(sepayWebhook(bytes), anInstant, [sepaySecret])).toBe('authentic');
  });

  it('cannot be made young again by another time', () => {
    const timestamp = String(Date.parse(instantAfter(anInstant, 400_000)) / 1000);
    expect(withHeaders({ 'x-sepay-timestamp': timestamp })).toBe('unproved');
  });

  it.each([
    [{ 'x-sepay-signature': undefined }],
    [{ 'x-sepay-signature': 'sha256=' }],
    [{ 'x-sepay-signature': 'sha256=00' }],
    [{ 'x-sepay-timestamp': undefined }],
    [{ 'x-sepay-timestamp': '' }],
    [{ 'x-sepay-timestamp': '1e9' }],
    [{ 'x-sepay-timestamp': 'NaN' }],
  ])('is refused with %j', (headers) => {
    expect(withHeaders(headers)).toBe('unproved');
  });

  it('needs its prefix', () => {
    const signature = sepayWebhook(body).headers['x-sepay-signature'] ?? '';
    expect(withHeaders({ 'x-sepay-signature': signature.replace('sha256=', '') })).toBe('unproved');
    expect(withHeaders({ 'x-sepay-signature': signature.toUpperCase() })).toBe('unproved');
  });
});

describe("SePay's API key", () => {
  const shows = (authorization: string | undefined, ...secrets: readonly SepaySecret[]) =>
    withHeaders({ authorization }, ...(secrets.length === 0 ? [sepayKey] : secrets));

  it('is believed at any time, since nothing is signed', () => {
    const request = sepayWebhook(body, sepayKey);
    expect(authenticate(request, instantAfter(anInstant, 86_400_000), [sepayKey])).toBe('authentic');
  });

  it.each(['Apikey SPK-5d20b7f1c3', 'apikey SPK-5d20b7f1c3', 'Apikey  SPK-5d20b7f1c3'])(
    'is believed as %j',
    (authorization) => {
      expect(shows(authorization)).toBe('authentic');
    },
  );

  it.each([undefined, '', 'SPK-5d20b7f1c3', 'Bearer SPK-5d20b7f1c3', 'Apikey', 'Apikey ', 'Apikey SPK-5d20b7f1c'])(
    'is refused as %j',
    (authorization) => {
      expect(shows(authorization)).toBe('unproved');
    },
  );

  it('proves nothing to an account that has signatures only, nor the other way round', () => {
    expect(authenticate(sepayWebhook(body, sepayKey), anInstant, [sepaySecret])).toBe('unproved');
    expect(authenticate(sepayWebhook(body), anInstant, [sepayKey])).toBe('unproved');
  });

  it('is live beside a signature while an account passes from one to the other', () => {
    const secrets = [sepaySecret, sepayKey];
    expect(authenticate(sepayWebhook(body, sepayKey), anInstant, secrets)).toBe('authentic');
    expect(authenticate(sepayWebhook(body), anInstant, secrets)).toBe('authentic');
  });
});
