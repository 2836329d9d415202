import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeKmsClient, openKmsSigner } from '#shared/adapters/kms-signer.ts';
import { givingUpAfter } from '#shared/adapters/request-limits.ts';
import { readSigningCertificate, serialOf } from '#shared/domain/signing-certificate.ts';
import { SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import {
  answerHalf,
  answerWith,
  type GatewayHost,
  resetConnection,
  startGatewayHost,
  staySilent,
} from '#test/support/gateway-host.ts';
import { kmsSigning, opensslAccepts } from '#test/support/signing-services.ts';

const describeSigned = opensslIsPresent() ? describe : describe.skip;
const message = Buffer.from('biên lai số 1');

// No local engine speaks for KMS: a server of the protocol's one answer stands in for it, with a real key.
let kms: GatewayHost;
beforeAll(async () => {
  kms = await startGatewayHost();
});
afterAll(() => kms.stop());

const refusal = (code: string, status = 400) =>
  answerWith(status, JSON.stringify({ __type: code, message: 'of the test' }), {
    'content-type': 'application/x-amz-json-1.1',
  });

describeSigned('a key in KMS', () => {
  const authority = makeAuthority();
  const own = authority.issueFor({ taxCode: '5709990011', name: 'Văn phòng Đăng ký đất đai' });
  const other = authority.issueFor({ taxCode: '5709990022', name: 'Trung tâm' });

  /** A signer over the server, with the product's own client but for its patience. */
  const openSigner = (maxAttempts = 4) => {
    const client = makeKmsClient({
      endpoint: `http://${kms.host}`,
      region: 'ap-southeast-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts,
      requestHandler: givingUpAfter(200),
    });
    return openKmsSigner(client, 'alias/bienlai-dev-5709990011', [readSigningCertificate(own.certificatePem)]).signer;
  };
  const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  it('signs the digest, as openssl confirms over the message', async () => {
    kms.behave(kmsSigning(own));

    const signature = await openSigner().sign(message);

    expect(opensslAccepts(own.certificatePem, message, signature)).toBe(true);
    expect(signature).toEqual(await own.signer.sign(message));
  });

  it.each([
    ['throttling', refusal('ThrottlingException')],
    ['trouble of KMS', refusal('KMSInternalException', 500)],
    ['a late dependency', refusal('DependencyTimeoutException', 503)],
    ['a broken connection', resetConnection],
    ['a silence', staySilent],
  ])('is asked again after %s, unnoticed by the caller', async (_fault, behaviour) => {
    kms.behave(behaviour, kmsSigning(own));
    const before = kms.requests();

    const signature = await openSigner().sign(message);

    expect(opensslAccepts(own.certificatePem, message, signature)).toBe(true);
    expect(kms.requests() - before).toBe(2);
  });

  it.each([
    ['ThrottlingException', refusal('ThrottlingException')],
    ['KMSInternalException', refusal('KMSInternalException', 500)],
    ['KeyUnavailableException', refusal('KeyUnavailableException', 500)],
    ['ExpiredTokenException', refusal('ExpiredTokenException')],
    // In jest what Node throws is of another realm, which the SDK wraps without its code.
    ['Error', resetConnection],
    ['TimeoutError', staySilent],
    ['TimeoutError', answerHalf],
    ['SomethingNewException', refusal('SomethingNewException')],
  ])('is unavailable, not refused, while it answers with %s', async (code, behaviour) => {
    kms.behave(behaviour);

    const failure = await failureOf(openSigner(1).sign(message));

    expect(failure).toBeInstanceOf(SigningUnavailable);
    expect(String(failure)).toContain('KMS key alias/bienlai-dev-5709990011 gave no signature now');
    expect(String(failure)).toContain(code);
  });

  it.each([
    ['DisabledException', 'enable it'],
    ['KMSInvalidStateException', 'cancel the deletion'],
    ['NotFoundException', 'compare keyId'],
    ['AccessDeniedException', 'grant kms:Sign'],
    ['InvalidKeyUsageException', 'SIGN_VERIFY'],
    ['ValidationException', 'keyId written in full'],
  ])('refuses with %s at once, and says what to do', async (code, step) => {
    kms.behave(refusal(code));
    const before = kms.requests();

    const failure = await failureOf(openSigner().sign(message));

    expect(failure).toBeInstanceOf(SigningRefused);
    expect(String(failure)).toContain(code);
    expect(String(failure)).toContain(step);
    expect(kms.requests() - before).toBe(1);
  });

  it('refuses when the key is not that of the certificate, before anybody sees the signature', async () => {
    kms.behave(kmsSigning(other));

    const failure = await failureOf(openSigner().sign(message));

    expect(failure).toBeInstanceOf(SigningRefused);
    expect(String(failure)).toContain(`does not belong to certificate ${serialOf(own.serial)}`);
  });
});
