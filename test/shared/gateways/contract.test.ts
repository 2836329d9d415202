import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { AttemptOpening, CallbackOutcome } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { readJson } from '#shared/gateways/json-literals.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { connectTestAccount, readTestAccount } from '#test/support/gateway-account.ts';
import { genuineCallbacks } from '#test/support/genuine-callbacks.ts';
import { tryHostileRequests } from '#test/support/hostile-verdict.ts';

const outcomes = [
  'paid',
  'duplicate',
  'failed',
  'pending',
  'review',
  'amount_mismatch',
  'unknown_order',
  'ignored',
  'voided',
  'malformed',
  'expired',
  'bad_signature',
  'unavailable',
] as const satisfies readonly CallbackOutcome[];

describe.each(genuineCallbacks)('the gateway $title', (genuine) => {
  const { gateway, isSealed } = genuine;
  const connection = connectTestAccount(gateway, genuine.secrets);
  const readRequest = (request: CallbackRequest) => connection.readCallback(request, genuine.now);
  const read = (changed: string | Uint8Array) => readRequest(genuine.withContent(changed));
  const original = read(genuine.content);
  /** A spoilt content breaks a signature over it; a key in the header still proves who sent it. */
  const spoilt = isSealed ? 'bad-signature' : 'malformed';

  it('reads a genuine callback as paid', () => {
    expect(original).toMatchObject({
      kind: 'notice',
      notice: { gateway: gateway.name, merchant: 'ttpvhcc', result: 'paid' },
    });
  });

  it('never throws at random bytes, queries and headers, and believes none of them', () => {
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', ''),
      rawQuery: fc.oneof(fc.string({ unit: 'binary' }), fc.webQueryParameters()),
      headers: fc.dictionary(fc.string(), fc.string()),
      body: fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
    });
    fc.assert(
      fc.property(request, (random) => {
        expect(['bad-signature', 'expired']).toContain(connection.readCallback(random, anInstant).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('is harmed by no request, and believes none that says other things: malformed, cut, huge or spoilt', async () => {
    const { readings } = await tryHostileRequests(genuine, 500);
    expect(readings.get('the same news')).toBeGreaterThan(0);
    expect(readings.get('the same news')).toBeLessThan(250);
  });

  it('refuses every change of one character of what is proved, unless it changes nothing that is read', () => {
    const { proved } = genuine;
    const changes = Array.from({ length: proved.length }, (_nothing, at) => {
      const before = proved.slice(0, at);
      const after = proved.slice(at + 1);
      const other = proved.charAt(at) === '1' ? '2' : '1';
      return [before + other + after, before + after, `${before}1${proved.slice(at)}`];
    }).flat();
    const readings = changes.map((changed) => readRequest(genuine.withProved(changed)));
    const believed = readings.filter(({ kind }) => kind === 'notice' || kind === 'malformed');
    for (const reading of believed) expect(reading).toEqual(original);
    expect(believed.length).toBeLessThan(changes.length / 4);
  });

  it('refuses every flipped bit of what is proved, unless it changes nothing that is read', () => {
    const bytes = new TextEncoder().encode(genuine.proved);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const flipped = bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
        const reading = readRequest(genuine.withProved(flipped));
        if (reading.kind !== 'bad-signature') expect(reading).toEqual(original);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a repeated parameter or key, also with the same value', () => {
    const repeated = genuine.isQuery
      ? genuine.content.split('&').map((parameter) => `${genuine.content}&${parameter}`)
      : [...genuine.content.matchAll(/"[^"\\]+":(?:"[^"]*"|\d+)/g)].map(
          ({ 0: pair, index }) => `${genuine.content.slice(0, index)}${pair},${genuine.content.slice(index)}`,
        );
    expect(repeated.length).toBeGreaterThan(1);
    for (const text of repeated) expect(read(text).kind).toBe(spoilt);
  });

  it('takes no harm from prototype names', () => {
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype']) {
      const text = genuine.isQuery
        ? `${genuine.content}&${name}=polluted&${name}%5Bpolluted%5D=1`
        : genuine.content.replace('{', `{"${name}":{"polluted":1},`);
      const reading = read(text);
      if (reading.kind !== 'bad-signature') expect(reading).toEqual(original);
      expect({}).not.toHaveProperty('polluted');
    }
  });

  it('refuses what is not UTF-8', () => {
    const bytes = new TextEncoder().encode(genuine.content);
    const half = Math.floor(bytes.length / 2);
    const broken = genuine.isQuery
      ? read(`${genuine.content}&x=%C3%28`)
      : read(Uint8Array.of(...bytes.slice(0, half), 0xc3, 0x28, ...bytes.slice(half)));
    expect(broken.kind).toBe(spoilt);
  });

  it('refuses fields of 10 000 characters and amounts beyond 2^53', () => {
    const long = 'A'.repeat(10_000);
    const changes = genuine.isQuery
      ? [genuine.content.replaceAll(/=[^&]*/g, `=${long}`), genuine.content.replaceAll(/=\d+/g, '=9007199254740993')]
      : [
          genuine.content.replaceAll(/:"[^"]*"/g, `:"${long}"`),
          genuine.content.replaceAll(/(?<=:"?)\d+(?=[,."])/g, '9007199254740993'),
        ];
    for (const text of changes) expect(read(text).kind).toBe(spoilt);
  });

  it('handles 64 KiB of anything at once', () => {
    const size = 64 * 1024;
    const heaps = ['&', '=', '%', '%41', '"', '\\', '{"a":', '[', '{', '"a":1,', '-_.', 'a=1&', '\u0000', 'Đ'].map(
      (piece) => piece.repeat(size / piece.length),
    );
    const started = performance.now();
    for (const heap of heaps) {
      expect(read(heap).kind).toBe(spoilt);
      const longer = read(genuine.content + heap);
      if (longer.kind !== spoilt) expect(longer).toEqual(original);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('verifies with every live secret, and with no other', () => {
    const { secret } = readTestAccount(gateway);
    const request = genuine.withContent(genuine.content);
    const rotating = connectTestAccount(gateway, secret, genuine.secrets);
    expect(rotating.readCallback(request, genuine.now)).toEqual(original);
    expect(connectTestAccount(gateway, secret).readCallback(request, genuine.now).kind).toBe('bad-signature');
  });

  it('has an answer for every outcome', () => {
    for (const outcome of outcomes) {
      const answer = connection.answerCallback(outcome, genuine.withContent(genuine.content));
      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(answer.status).toBeLessThan(600);
      if (/json/.test(answer.headers['content-type'] ?? '')) expect(readJson(answer.body).ok).toBe(true);
    }
  });

  it('never says that money is recorded when it could not be recorded', () => {
    const answerTo = (outcome: CallbackOutcome) =>
      connection.answerCallback(outcome, genuine.withContent(genuine.content));
    for (const success of ['paid', 'duplicate', 'failed', 'pending', 'review'] as const) {
      expect(answerTo('unavailable')).not.toEqual(answerTo(success));
      expect(answerTo('bad_signature')).not.toEqual(answerTo(success));
    }
  });

  it('names the same money the same, and other money otherwise', () => {
    if (original.kind !== 'notice') throw new Error('the genuine callback is a notice');
    const { notice } = original;
    const identity = connection.identityOf(notice);
    const otherMoney = [
      { ...notice, transactionId: `${notice.transactionId}0` },
      { ...notice, transactionId: null },
      { ...notice, transactionId: null, orderRef: notice.transactionId },
    ];
    expect(connection.identityOf({ ...notice, amountVnd: notice.amountVnd, result: 'review' })).toBe(identity);
    expect(new Set([identity, ...otherMoney.map((other) => connection.identityOf(other))]).size).toBe(4);
  });

  it('finds our reference inside its own, and nothing in foreign texts', () => {
    const attemptRef = '1000000000000301';
    expect(connection.attemptRefOf(connection.gatewayRefOf(attemptRef, anInstant))).toBe(attemptRef);
    for (const foreign of [
      '',
      '1',
      '1000000000000901',
      '1000000000000300',
      'HS-2026-000187-1',
      '__proto__',
      '9'.repeat(10_000),
    ]) {
      expect(connection.attemptRefOf(foreign)).toBeUndefined();
    }
  });

  it('opens an attempt in plain ASCII', () => {
    const opening = connection.openAttempt(anOrder({ description: 'Nộp phí hồ sơ "H49.14" & đất ✅' }));
    const sent = textSentBy(opening);
    expect(sent).toMatch(/^[\x20-\x7e]+$/);
    expect(sent).toContain(anOrder().gatewayRef);
  });

  it('takes a doubtful answer for unknown, never for a no or a page', () => {
    const opening = connection.openAttempt(anOrder());
    if (opening.kind !== 'request') return;
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('', '<html>', '{}', '[]', 'null'),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
        expect(opening.readAnswer({ status, headers: {}, body }).kind).toBe('unknown');
      }),
    );
  });

  it('refuses an account whose settings or secrets are wrong, naming the field and no value', () => {
    const { settings, secret } = readTestAccount(gateway);
    const connect =
      (secrets: readonly unknown[], changed: unknown = settings) =>
      () =>
        gateway.connect({ merchant: 'ttpvhcc', settings: changed, secrets });
    expect(connect([secret], { ...settings, misspelt: 1 })).toThrow(ConfigurationError);
    expect(connect([])).toThrow(ConfigurationError);
    for (const field of Object.keys(secret)) {
      expect(connect([{ ...secret, [field]: undefined }])).toThrow(`secrets[0].${field}`);
      expect(connect([secret, { ...secret, [field]: { value: 'LEAK' } }])).toThrow(`secrets[1].${field}`);
      expect(connect([{ ...secret, [field]: { value: 'LEAK' } }])).not.toThrow('LEAK');
    }
  });
});

/** What leaves our house for a gateway or a bank. */
function textSentBy(opening: AttemptOpening): string {
  switch (opening.kind) {
    case 'redirect':
      return opening.url;
    case 'form':
      return JSON.stringify(opening.form);
    case 'transfer':
      return opening.transfer.content + opening.transfer.qrContent;
    case 'request':
      return opening.request.url + opening.request.body;
  }
}
