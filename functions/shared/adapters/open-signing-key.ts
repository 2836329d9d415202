import type { KMSClient } from '@aws-sdk/client-kms';
import type { ZodMiniType } from 'zod/mini';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import { readSigningCertificate, type SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import type { SigningSecretStore } from '#shared/domain/signing-secrets.ts';
import type { SigningKey } from '#shared/domain/signing-settings.ts';
import type { OpenedSigner } from './proven-signer.ts';
import type { OpenRemoteSigner, RemoteLimits } from './remote-signer.ts';

export interface KeyOpenerNeeds {
  readonly secrets: SigningSecretStore;
  readonly logNews: LogNews;
  /** Where keys of kind kms lie; that of the function's own region by default. */
  readonly kms?: KMSClient;
  readonly remoteLimits?: Partial<RemoteLimits>;
}

/**
 * Opens a key where it lies, unchecked but for the pair of key and certificate.
 * @throws SigningUnavailable when its secret cannot be read now
 * @throws SigningRefused when the secret is missing or faulty
 */
export type OpenSigningKey = (key: SigningKey) => Promise<OpenedSigner>;

/** The code of each kind is loaded when the first key of the kind is opened. */
export function makeKeyOpener(needs: KeyOpenerNeeds): OpenSigningKey {
  let openRemote: OpenRemoteSigner | undefined;
  let kms = needs.kms;
  return async (key) => {
    switch (key.kind) {
      case 'pem': {
        const { openPemSigner, pemSecretSchema } = await import('./pem-signer.ts');
        return openPemSigner(nameOf(key), await readSecret(key, pemSecretSchema, needs.secrets));
      }
      case 'pkcs12': {
        const { openPkcs12Signer, pkcs12SecretSchema } = await import('./pkcs12-signer.ts');
        return openPkcs12Signer(nameOf(key), await readSecret(key, pkcs12SecretSchema, needs.secrets));
      }
      case 'kms': {
        const { makeKmsClient, openKmsSigner } = await import('./kms-signer.ts');
        kms ??= makeKmsClient();
        return openKmsSigner(kms, key.keyId, key.certificates.map(readBase64Certificate));
      }
      case 'remote': {
        const { makeRemoteSigners, remoteSecretSchema } = await import('./remote-signer.ts');
        openRemote ??= makeRemoteSigners({ logNews: needs.logNews, limits: needs.remoteLimits ?? {} });
        return openRemote({
          url: key.url,
          keyId: key.keyId,
          certificates: key.certificates.map(readBase64Certificate),
          secret: await readSecret(key, remoteSecretSchema, needs.secrets),
          serviceAuthority:
            key.serviceAuthority === undefined ? undefined : readBase64Certificate(key.serviceAuthority),
        });
      }
    }
  };
}

const nameOf = ({ secret }: { readonly secret: string }) => `Signing secret ${secret}`;

/** Names faulty members, never their content. */
async function readSecret<Secret>(
  key: { readonly secret: string },
  schema: ZodMiniType<Secret>,
  secrets: SigningSecretStore,
): Promise<Secret> {
  const content = await askForSecret(key.secret, secrets);
  if (content === undefined) {
    throw new SigningRefused(
      `${nameOf(key)} does not exist: store it, or mend the name in config/<stage>/signing.json.`,
    );
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const members = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole');
  throw new SigningRefused(`${nameOf(key)} is not as its kind demands (config/README.md): ${members.join(', ')}.`);
}

async function askForSecret(name: string, secrets: SigningSecretStore): Promise<unknown> {
  try {
    return await secrets.readSigningSecret(name);
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new SigningUnavailable(`Signing secret ${name} cannot be read now; it is asked for again`, { cause });
  }
}

export function readBase64Certificate(base64: string): SigningCertificate {
  return readSigningCertificate(Buffer.from(base64, 'base64'));
}
