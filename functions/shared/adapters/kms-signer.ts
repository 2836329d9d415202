import { createHash } from 'node:crypto';
import { KMSClient, type KMSClientConfig, SignCommand } from '@aws-sdk/client-kms';
import type { SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { faultOfConnection } from './fault-of-connection.ts';
import { makeProvenSigner, type OpenedSigner } from './proven-signer.ts';
import { givingUpAfter } from './request-limits.ts';

/** Failures that stay until a person acts, each with its likely cause and the next step. */
const lasting: Readonly<Record<string, string>> = {
  DisabledException: 'the key is disabled; find out who disabled it and why, then enable it',
  KMSInvalidStateException: 'the key is not usable, most likely pending deletion: cancel the deletion at once',
  NotFoundException: 'there is no such key in this account and region; compare keyId in config with the console',
  AccessDeniedException:
    'the function may not use the key; grant kms:Sign to its role (infra/constructs/signing-key.ts)',
  InvalidKeyUsageException:
    'the key is not for signing; receipts need key usage SIGN_VERIFY and key spec RSA_2048 or more',
  InvalidGrantTokenException: 'the grant is not valid; grant kms:Sign to the role anew',
  ValidationException: 'KMS takes the request for malformed; is the key an RSA key, and keyId written in full?',
};

/**
 * A client that gives up a request that hangs early enough for the SDK's own repetitions, which wait with jitter, to
 * have their turn.
 */
export function makeKmsClient(config: KMSClientConfig = {}): KMSClient {
  return new KMSClient({
    maxAttempts: 4,
    requestHandler: givingUpAfter(3_000),
    ...config,
  });
}

/**
 * Signs by a key of AWS KMS, which never leaves it. Only the digest is sent, so that no receipt leaves either and the
 * 4096 bytes that KMS takes are always enough.
 */
export function openKmsSigner(
  client: KMSClient,
  keyId: string,
  certificates: readonly SigningCertificate[],
): OpenedSigner {
  const name = `KMS key ${keyId}`;
  return makeProvenSigner(name, certificates, async (message) => {
    try {
      const { Signature: signature } = await client.send(
        new SignCommand({
          KeyId: keyId,
          Message: createHash('sha256').update(message).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
        }),
      );
      return signature ?? new Uint8Array();
    } catch (error) {
      throw failureOf(name, error);
    }
  });
}

/** Whatever is not known to last may pass: throttling, KMS's own trouble, a broken connection, credentials in renewal. */
function failureOf(name: string, cause: unknown): Error {
  const code = faultOfConnection(cause);
  const step = lasting[code];
  if (step !== undefined) return new SigningRefused(`${name} refuses to sign (${code}): ${step}`, { cause });
  return new SigningUnavailable(`${name} gave no signature now (${code}); it is asked again`, { cause });
}
