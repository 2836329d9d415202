import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Instant, instantSchema, taxCodeSchema } from '#schemas/ids.ts';
import { makeKmsClient } from '#shared/adapters/kms-signer.ts';
import { makeSigningKeys } from '#shared/adapters/signing-keys.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { LogCode, LogFacts } from '#shared/domain/log-catalogue.ts';
import { serialOf } from '#shared/domain/signing-certificate.ts';
import { SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { type SigningSettings, signingSettingsSchema } from '#shared/domain/signing-settings.ts';
import { type CertifiedKey, makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import { answerWith, type GatewayHost, startGatewayHost, staySilent } from '#test/support/gateway-host.ts';
import { kmsSigning, opensslAccepts } from '#test/support/signing-services.ts';

const describeSigned = opensslIsPresent() ? describe : describe.skip;
const taxCode = taxCodeSchema.parse('5709990011');
const start = instantSchema.parse('2026-11-22T02:15:30.000Z');
const day = 24 * 60 * 60 * 1000;
const message = Buffer.from('biên lai số 1');

const dayAfter = (days: number) => new Date(Date.parse(start) + days * day);
const base64 = (certificates: readonly Uint8Array[]) => certificates.map((der) => Buffer.from(der).toString('base64'));
const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describeSigned('the keys of collecting organisations', () => {
  const authority = makeAuthority();
  const name = 'Văn phòng Đăng ký đất đai';
  const old = authority.issueFor({ taxCode, name, notAfter: dayAfter(10) });
  const renewed = authority.issueFor({ taxCode, name, notBefore: dayAfter(-5), notAfter: dayAfter(700) });

  /** Keys over secrets in memory, a clock that a test sets, and what was logged. */
  function someKeys(change: object, stored: Readonly<Record<string, unknown>> = {}) {
    const state: { now: Instant; milliseconds: number; reads: number; fault?: Error | undefined } = {
      now: start,
      milliseconds: 0,
      reads: 0,
    };
    const logged: { readonly code: LogCode; readonly facts: LogFacts }[] = [];
    const settings: SigningSettings = signingSettingsSchema.parse({
      trustAnchors: base64(authority.certificates),
      revoked: [],
      keys: [],
      ...change,
    });
    const keys = makeSigningKeys({
      settings,
      secrets: {
        readSigningSecret: (secret) => {
          state.reads += 1;
          return state.fault === undefined ? Promise.resolve(stored[secret]) : Promise.reject(state.fault);
        },
      },
      clock: () => state.now,
      milliseconds: () => state.milliseconds,
      logNews: (code, facts = {}) => void logged.push({ code, facts }),
    });
    return { keys, state, logged };
  }
  const pem = (secret: string, validFrom: string) => ({ kind: 'pem', taxCode, validFrom, secret });
  const secretOf = (key: CertifiedKey) => ({
    certificateChainPem: key.certificatePem,
    privateKeyPem: key.privateKeyPem,
  });
  const both = { keys: [pem('old', '2020-01-01'), pem('renewed', '2026-11-22')] };
  const stored = { old: secretOf(old), renewed: secretOf(renewed) };
  const serialUsed = async (signer: Promise<{ readonly certificates: readonly Uint8Array[] } | undefined>) => {
    const [der] = (await signer)?.certificates ?? [];
    return [old, renewed].find((key) => Buffer.from(key.certificates[0] ?? []).equals(der ?? Buffer.of()))?.serial;
  };

  it('sign what openssl accepts', async () => {
    const { keys } = someKeys({ keys: [pem('old', '2020-01-01')] }, stored);
    const signature = await (await keys.signerOf(taxCode))?.sign(message);
    expect(opensslAccepts(old.certificatePem, message, signature ?? Buffer.of())).toBe(true);
  });

  it('are none for an organisation that has none configured', async () => {
    const { keys, state } = someKeys(both, stored);
    expect(await keys.signerOf('5709990022')).toBeUndefined();
    expect(state.reads).toBe(0);
  });

  it('are chosen by time where certificates overlap: the one that began last, in Vietnamese days', async () => {
    const { keys, state } = someKeys(both, stored);
    state.now = instantSchema.parse('2026-11-21T16:59:59.999Z');
    expect(await serialUsed(keys.signerOf(taxCode))).toBe(old.serial);
    state.now = instantSchema.parse('2026-11-21T17:00:00.000Z');
    expect(await serialUsed(keys.signerOf(taxCode))).toBe(renewed.serial);
  });

  it('are chosen by the time that a late receipt tells, since its certificate must be valid then', async () => {
    const { keys } = someKeys(both, stored);
    expect(await serialUsed(keys.signerOf(taxCode, instantAfter(start, -2 * day)))).toBe(old.serial);
  });

  it('are read once in five minutes, and anew after a failure', async () => {
    const { keys, state } = someKeys({ keys: [pem('old', '2020-01-01')] }, stored);
    state.fault = new Error('no answer');
    expect(await failureOf(keys.signerOf(taxCode))).toBeInstanceOf(SigningUnavailable);
    state.fault = undefined;
    await Promise.all([keys.signerOf(taxCode), keys.signerOf(taxCode)]);
    state.milliseconds = 299_999;
    await keys.signerOf(taxCode);
    expect(state.reads).toBe(2);
    state.milliseconds = 300_000;
    await keys.signerOf(taxCode);
    expect(state.reads).toBe(3);
  });

  it('fall back to the older certificate while the newer one cannot be used, and call a person once', async () => {
    const { keys, logged } = someKeys(both, { old: stored.old });
    expect(await serialUsed(keys.signerOf(taxCode))).toBe(old.serial);
    expect(await serialUsed(keys.signerOf(taxCode))).toBe(old.serial);
    const told = logged.filter(({ code }) => code === 'SIGNER_UNUSABLE');
    expect(told).toHaveLength(1);
    expect(told[0]?.facts['why']).toContain('Signing secret renewed does not exist');
  });

  it('refuse an expired certificate from its last second on, naming the time and the next step', async () => {
    const { keys, state } = someKeys({ keys: [pem('old', '2020-01-01')] }, stored);
    state.now = instantAfter(start, 10 * day);
    expect(await serialUsed(keys.signerOf(taxCode))).toBe(old.serial);
    state.now = instantAfter(start, 10 * day + 1_000);
    const failure = await failureOf(keys.signerOf(taxCode, start));
    expect(failure).toBeInstanceOf(SigningRefused);
    expect(String(failure)).toContain(
      `certificate ${serialOf(old.serial)}: it expired at 2026-12-02T02:15:30.000Z: renew it`,
    );
  });

  it('refuse a revoked certificate, and use another one where there is one', async () => {
    const revoked = [{ serial: renewed.serial, revokedAt: start, reason: 'mất thiết bị' }];
    const { keys } = someKeys({ ...both, revoked }, stored);
    expect(await serialUsed(keys.signerOf(taxCode))).toBe(old.serial);

    const alone = someKeys({ keys: [pem('renewed', '2026-11-22')], revoked }, stored);
    expect(String(await failureOf(alone.keys.signerOf(taxCode)))).toContain(
      'it was revoked at 2026-11-22T02:15:30.000Z (mất thiết bị)',
    );
  });

  it.each([
    [
      'the certificate of another organisation',
      { subject: '/UID=MST:5709990022/CN=Trung tâm' },
      'names tax code 5709990022',
    ],
    ['a certificate for TLS', { keyUsage: 'critical,keyEncipherment' }, 'neither digitalSignature nor nonRepudiation'],
    ['a short key', { bits: 1024 }, 'no RSA key of 2048 bits'],
    ['a certificate from tomorrow', { notBefore: dayAfter(1) }, 'it is valid only from 2026-11-23T02:15:30.000Z'],
  ])('refuse %s', async (_fault, order, why) => {
    const faulty = authority.issueFor({ taxCode, name, ...order });
    const { keys } = someKeys({ keys: [pem('faulty', '2020-01-01')] }, { faulty: secretOf(faulty) });
    const failure = await failureOf(keys.signerOf(taxCode));
    expect(failure).toBeInstanceOf(SigningRefused);
    expect(String(failure)).toContain(why);
  });

  it.each([
    [
      'a certificate of a strange authority',
      { own: secretOf(makeAuthority('CA lạ').issueFor({ taxCode, name })) },
      'no trust anchor issued it',
    ],
    [
      'a key of another certificate',
      { own: { ...secretOf(old), privateKeyPem: renewed.privateKeyPem } },
      'does not belong to certificate',
    ],
    ['a secret of another kind', { own: { fileBase64: 'AAAA', password: 'SECRET' } }, 'certificateChainPem'],
    ['no secret', {}, 'Signing secret own does not exist'],
  ])('refuse %s, without showing the secret', async (_fault, secrets, why) => {
    const { keys } = someKeys({ keys: [pem('own', '2020-01-01')] }, secrets);
    const failure = await failureOf(keys.signerOf(taxCode));
    expect(failure).toBeInstanceOf(SigningRefused);
    expect(String(failure)).toContain(why);
    expect(String(failure)).not.toMatch(/SECRET|BEGIN/);
  });

  it('refuse, and do not wait, when the secret is no JSON', async () => {
    const { keys, state } = someKeys({ keys: [pem('own', '2020-01-01')] });
    state.fault = new ConfigurationError('The secret own cannot be read');
    expect(await failureOf(keys.signerOf(taxCode))).toBeInstanceOf(SigningRefused);
  });

  it.each([
    [31, both.keys.slice(0, 1), []],
    [30, both.keys.slice(0, 1), ['CERTIFICATE_EXPIRING']],
    [7, both.keys.slice(0, 1), ['CERTIFICATE_LAST_DAYS']],
    [7, [pem('old', '2020-01-01'), pem('renewed', '2027-11-22')], []],
  ])('warn %d days before the end of a certificate without successor', async (days, rows, codes) => {
    const { keys, state, logged } = someKeys({ keys: rows }, stored);
    state.now = instantAfter(start, (10 - days) * day);
    await keys.signerOf(taxCode);
    expect(logged.map(({ code }) => code)).toEqual(codes);
  });

  describe('in KMS', () => {
    let kms: GatewayHost;
    beforeAll(async () => {
      kms = await startGatewayHost();
    });
    afterAll(() => kms.stop());
    let now = start;
    beforeEach(() => {
      now = start;
    });
    const kmsKeys = () =>
      makeSigningKeys({
        settings: signingSettingsSchema.parse({
          trustAnchors: base64(authority.certificates),
          revoked: [],
          keys: [
            {
              kind: 'kms',
              taxCode,
              validFrom: '2026-01-01',
              keyId: 'alias/one',
              certificates: base64(renewed.certificates),
            },
          ],
        }),
        secrets: { readSigningSecret: () => Promise.resolve(undefined) },
        clock: () => now,
        milliseconds: () => Date.parse(now),
        logNews: () => undefined,
        kms: makeKmsClient({
          endpoint: `http://${kms.host}`,
          region: 'ap-southeast-1',
          credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
          maxAttempts: 1,
          requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true },
        }),
      });

    it('a failure of an hour only delays: every minute unavailable, never refused, then the signature it always was', async () => {
      const throttled = answerWith(400, '{"__type":"ThrottlingException"}', {
        'content-type': 'application/x-amz-json-1.1',
      });
      const keys = kmsKeys();
      kms.behave(throttled, staySilent, answerWith(500, '{}'), throttled);
      const signNow = async () => (await keys.signerOf(taxCode, start))?.sign(message);

      const failures: unknown[] = [];
      for (; Date.parse(now) - Date.parse(start) < 60 * 60 * 1000; now = instantAfter(now, 60_000)) {
        failures.push(await failureOf(signNow()));
      }
      kms.behave(kmsSigning(renewed));

      expect(failures).toHaveLength(60);
      for (const failure of failures) expect(failure).toBeInstanceOf(SigningUnavailable);
      const signature = await signNow();
      expect(signature).toEqual(await renewed.signer.sign(message));
      expect(opensslAccepts(renewed.certificatePem, message, signature ?? Buffer.of())).toBe(true);
    });
  });
});
