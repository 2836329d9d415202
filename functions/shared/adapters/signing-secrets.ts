import { readFile } from 'node:fs/promises';
import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { SigningSecretStore } from '#shared/domain/signing-secrets.ts';
import { secretsManager } from './secrets-manager.ts';

/**
 * Where the secrets of signing lie: AWS Secrets Manager, or a file of the local run. The place is not that of the
 * merchants' secrets, since a function that takes callbacks has no business with private keys.
 */
export interface SigningSecretPlace {
  readonly SIGNING_SECRETS_PREFIX?: string | undefined;
  readonly SIGNING_SECRETS_FILE?: string | undefined;
}

/** @throws ConfigurationError when neither place is named */
export function makeSigningSecrets(place: SigningSecretPlace): SigningSecretStore {
  if (place.SIGNING_SECRETS_FILE !== undefined) return makeFileStore(place.SIGNING_SECRETS_FILE);
  if (place.SIGNING_SECRETS_PREFIX !== undefined) return makeManagedStore(place.SIGNING_SECRETS_PREFIX);
  throw new ConfigurationError(
    'Neither SIGNING_SECRETS_PREFIX nor SIGNING_SECRETS_FILE is set: tokens and local keys of signing lie in one of them.',
  );
}

/** AWS Secrets Manager: `<prefix>/<name>`. */
function makeManagedStore(prefix: string, client = secretsManager()): SigningSecretStore {
  return {
    async readSigningSecret(name) {
      const id = `${prefix}/${name}`;
      try {
        const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: id }));
        return readJson(text ?? '', `secret ${id}`);
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
  };
}

const secretsFileSchema = z.record(z.string(), z.unknown());

/** A file `{<name>: secret}`, read anew each time. */
function makeFileStore(path: string): SigningSecretStore {
  return {
    async readSigningSecret(name) {
      const place = `secrets file ${path}`;
      const file = readJson(await readFile(path, 'utf8'), place);
      const { success, data } = secretsFileSchema.safeParse(file);
      if (!success) throw unreadable(place);
      return Object.hasOwn(data, name) ? data[name] : undefined;
    },
  };
}

/** Names the place, never the content: a secret must not reach a log by way of a parser's message. */
function readJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(place);
  }
}

function unreadable(place: string): ConfigurationError {
  return new ConfigurationError(`The ${place} cannot be read: it must be a JSON object. Was it pasted as plain text?`);
}
