import { readFile } from 'node:fs/promises';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { secretsManager } from './secrets-manager.ts';

/** Where the secret lies by which a request proves that it came through the edge. */
export interface OriginSecretPlace {
  readonly ORIGIN_SECRET_ID?: string | undefined;
  readonly ORIGIN_SECRET_FILE?: string | undefined;
}

/** Reads the secret once and keeps it for the container's life; a failed read is tried again by the next request. */
export function makeOriginSecret(place: OriginSecretPlace, openClient = secretsManager): () => Promise<string> {
  let kept: Promise<string> | undefined;
  return () => {
    kept ??= readSecret(place, openClient).catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}

async function readSecret(place: OriginSecretPlace, openClient: () => SecretsManagerClient): Promise<string> {
  const secret =
    place.ORIGIN_SECRET_FILE === undefined
      ? (await openClient().send(new GetSecretValueCommand({ SecretId: place.ORIGIN_SECRET_ID }))).SecretString
      : (await readFile(place.ORIGIN_SECRET_FILE, 'utf8')).trim();
  if (secret === undefined || secret.length < 16) {
    throw new ConfigurationError('The origin secret is empty or shorter than 16 characters: was it ever generated?');
  }
  return secret;
}
