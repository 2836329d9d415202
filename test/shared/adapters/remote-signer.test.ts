import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  makeRemoteSigners,
  type RemoteKeyPlace,
  type RemoteLimits,
  remoteSecretSchema,
} from '#shared/adapters/remote-signer.ts';
import type { LogCode, LogFacts } from '#shared/domain/log-catalogue.ts';
import { readSigningCertificate, serialOf } from '#shared/domain/signing-certificate.ts';
import { SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import { answerHalf, answerWith, staySilent } from '#test/support/gateway-host.ts';
import {
  breakConnection,
  opensslAccepts,
  type RemoteService,
  remoteSigning,
  startRemoteService,
} from '#test/support/signing-services.ts';

const describeSigned = opensslIsPresent() ? describe : describe.skip;
const message = Buffer.from('biên lai số 1');
const token = 'SECRET-TOKEN';

describeSigned('a key at a remote service', () => {
  const authority = makeAuthority();
  const own = authority.issueFor({ taxCode: '5709990011', name: 'Văn phòng Đăng ký đất đai' });
  const other = authority.issueFor({ taxCode: '5709990022', name: 'Trung tâm' });
  const tls = authority.issueFor({ taxCode: '', name: '', subject: '/CN=localhost' });

  let service: RemoteService;
  let guarded: RemoteService;
  beforeAll(async () => {
    service = await startRemoteService(tls);
    guarded = await startRemoteService(tls, authority.rootPem);
  });
  afterAll(() => Promise.all([service.stop(), guarded.stop()]));

  let logged: { readonly code: LogCode; readonly facts: LogFacts }[];
  let now: number;
  beforeEach(() => {
    logged = [];
    now = 0;
  });

  /** Signers whose patience is short and whose circuits go by the test's clock. */
  const openers = (change: Partial<RemoteLimits> = {}) =>
    makeRemoteSigners({
      logNews: (code, facts = {}) => void logged.push({ code, facts }),
      limits: {
        milliseconds: 150,
        budget: { milliseconds: 400, firstPause: 1, longestPause: 2 },
        circuit: { silences: 1_000, pauseMilliseconds: 30_000, milliseconds: () => now },
        ...change,
      },
    });
  const place = (change: Partial<RemoteKeyPlace> = {}): RemoteKeyPlace => ({
    url: service.url,
    keyId: 'key-1',
    certificates: [readSigningCertificate(own.certificatePem)],
    secret: { bearerToken: token },
    serviceAuthority: readSigningCertificate(authority.rootPem),
    ...change,
  });
  const openSigner = (change?: Partial<RemoteKeyPlace>, limits?: Partial<RemoteLimits>) =>
    openers(limits)(place(change)).signer;
  const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);
  const asked = async (work: () => Promise<unknown>) => {
    const before = service.headers.length;
    await failureOf(work());
    return service.headers.length - before;
  };
  const once = { budget: { milliseconds: -1, firstPause: 1, longestPause: 1 } };

  it('signs the digest, as openssl confirms over the message', async () => {
    service.behave(remoteSigning(own));

    const signature = await openSigner().sign(message);

    expect(opensslAccepts(own.certificatePem, message, signature)).toBe(true);
    expect(service.headers.at(-1)?.authorization).toBe(`Bearer ${token}`);
  });

  it('shows a certificate where the service wants one, and is unavailable without', async () => {
    guarded.behave(remoteSigning(own));
    const client = authority.issueFor({ taxCode: '5709990011', name: 'bien-lai' });
    const secret = { clientCertificatePem: client.certificatePem, clientKeyPem: client.privateKeyPem };

    const signature = await openSigner({ url: guarded.url, secret }).sign(message);

    expect(opensslAccepts(own.certificatePem, message, signature)).toBe(true);
    expect(await failureOf(openSigner({ url: guarded.url }, once).sign(message))).toBeInstanceOf(SigningUnavailable);
  });

  it.each([
    ['a pair that is none', { clientCertificatePem: own.certificatePem, clientKeyPem: other.privateKeyPem }],
    ['a torn key', { clientCertificatePem: own.certificatePem, clientKeyPem: 'none' }],
  ])('is refused with %s to show, before anything is sent', (_fault, secret) => {
    expect(() => openSigner({ secret })).toThrow(SigningRefused);
    expect(() => openSigner({ secret })).toThrow('the client certificate and key in the secret cannot be read');
  });

  it.each([
    [{}, false],
    [{ bearerToken: '' }, false],
    [{ bearerToken: 'a', clientKeyPem: 'b' }, false],
    [{ bearerToken: 'a' }, true],
    [{ clientCertificatePem: 'a', clientKeyPem: 'b' }, true],
  ])('takes the secret %j: %s', (secret, isTaken) => {
    expect(remoteSecretSchema.safeParse(secret).success).toBe(isTaken);
  });

  it('sends nothing to a host that no authority vouches for', async () => {
    service.behave(remoteSigning(own));
    const requests = await asked(() => openSigner({ serviceAuthority: undefined }, once).sign(message));
    expect(requests).toBe(0);
  });

  it('is asked again for the same thing under the same id, and under another one for another thing', async () => {
    service.behave(answerWith(503, ''), answerWith(429, ''), breakConnection, staySilent, remoteSigning(own));
    const signer = openSigner();
    expect(await asked(() => signer.sign(message))).toBe(5);
    await signer.sign(Buffer.from('biên lai số 2'));

    const ids = service.headers.slice(-6).map((headers) => headers['idempotency-key']);

    expect(new Set(ids.slice(0, 5)).size).toBe(1);
    expect(ids[5]).not.toBe(ids[0]);
  });

  it.each([
    ['silence', staySilent, 'no complete answer'],
    ['half an answer', answerHalf, 'no complete answer'],
    ['a broken connection', breakConnection, 'no complete answer'],
    ['an answer without end', answerWith(200, 'x'.repeat(70_000)), 'no complete answer'],
    ['HTTP 503', answerWith(503, ''), 'HTTP 503'],
    ['HTTP 429', answerWith(429, ''), 'HTTP 429'],
    ['the page of a proxy', answerWith(200, '<html>'), 'is a proxy in its place?'],
    ['no signature', answerWith(200, '{"signature":7}'), 'without a signature'],
  ])('is unavailable, not refused, with %s', async (_fault, behaviour, why) => {
    service.behave(behaviour);
    const failure = await failureOf(openSigner({}, once).sign(message));
    expect(failure).toBeInstanceOf(SigningUnavailable);
    expect(String(failure)).toContain(why);
  });

  it.each([
    [401, 'renew the token'],
    [403, 'ask the service to allow it'],
    [404, 'compare url and keyId'],
    [302, 'none of those agreed'],
  ])('refuses with HTTP %d at once, and says what to do', async (status, step) => {
    service.behave(answerWith(status, '', { location: 'https://elsewhere.example/' }));
    let failure: unknown;
    const requests = await asked(async () => {
      failure = await failureOf(openSigner().sign(message));
    });
    expect(failure).toBeInstanceOf(SigningRefused);
    expect(String(failure)).toContain(step);
    expect(requests).toBe(1);
  });

  it.each([
    ['the signature of another key', remoteSigning(other)],
    ['bytes that are no signature', answerWith(200, '{"signature":"AAAA"}')],
  ])('refuses %s: the answer is verified before it is used', async (_fault, behaviour) => {
    service.behave(behaviour);
    const failure = await failureOf(openSigner().sign(message));
    expect(failure).toBeInstanceOf(SigningRefused);
    expect(String(failure)).toContain(`does not belong to certificate ${serialOf(own.serial)}`);
  });

  it('spares a host after silences in a row, for all its keys, and tries one request after the pause', async () => {
    service.behave(staySilent);
    const circuit = { silences: 3, pauseMilliseconds: 30_000, milliseconds: () => now };
    const open = openers({ ...once, circuit });
    const signers = [open(place()).signer, open(place({ keyId: 'key-2' })).signer];
    const signAll = async () => {
      for (const signer of [...signers, ...signers]) await failureOf(signer.sign(message));
    };

    expect(await asked(signAll)).toBe(3);
    now = 30_000;
    expect(await asked(signAll)).toBe(1);
    now = 60_000;
    service.behave(remoteSigning(own));
    expect(await asked(signAll)).toBe(4);
    expect(logged.filter(({ code }) => code === 'SIGNER_SPARED')).toHaveLength(2);
  });

  it('does not spend its patience on a host that is spared', async () => {
    service.behave(staySilent);
    const circuit = { silences: 1, pauseMilliseconds: 30_000, milliseconds: () => now };
    const signer = openSigner({}, { circuit, budget: { milliseconds: 600_000, firstPause: 1, longestPause: 2 } });
    expect(await asked(() => signer.sign(message))).toBe(1);
  });

  it('never writes its token to a log or an error', async () => {
    service.behave(answerWith(401, token), breakConnection);
    const failure = await failureOf(openSigner({}, once).sign(message));
    await failureOf(openSigner({}, once).sign(message));
    expect(`${String(failure)} ${JSON.stringify(logged)}`).not.toContain(token);
  });
});
