import { readFile } from 'node:fs/promises';
import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { SecretStore } from '#shared/domain/ports.ts';
import { secretsManager } from './secrets-manager.ts';

/** Where the secrets of merchants lie: AWS Secrets Manager, or a file of the local run. */
export interface SecretPlace {
  readonly SECRETS_PREFIX?: string | undefined;
  readonly SECRETS_FILE?: string | undefined;
}

/** @throws ConfigurationError when neither place is named */
export function makeSecretStore(place: SecretPlace): SecretStore {
  if (place.SECRETS_FILE !== undefined) return makeFileSecretStore(place.SECRETS_FILE);
  if (place.SECRETS_PREFIX !== undefined) return makeManagedSecretStore(place.SECRETS_PREFIX);
  throw new ConfigurationError(
    'Neither SECRETS_PREFIX nor SECRETS_FILE is set: merchants have no secrets without one.',
  );
}

/** AWS Secrets Manager: one secret per merchant account, `<prefix>/<gateway>/<merchant>`. */
export function makeManagedSecretStore(prefix: string, client = secretsManager()): SecretStore {
  return {
    async readMerchantSecrets(gateway, merchant) {
      const name = `${prefix}/${gateway}/${merchant}`;
      try {
        const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: name }));
        return liveSecretsOf(readJson(text ?? '')) ?? refuse(`secret ${name}`);
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
  };
}

/** A file of the same content, `{gateway: {merchant: [secret, …]}}`, for local runs. It is read anew each time. */
export function makeFileSecretStore(path: string): SecretStore {
  const fileSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
  return {
    async readMerchantSecrets(gateway, merchant) {
      const place = `secrets file ${path}`;
      const file = fileSchema.safeParse(readJson(await readText(path)));
      if (!file.success) return refuse(place);
      const ofGateway = Object.hasOwn(file.data, gateway) ? file.data[gateway] : undefined;
      if (ofGateway === undefined || !Object.hasOwn(ofGateway, merchant)) return undefined;
      return liveSecretsOf(ofGateway[merchant]) ?? refuse(place);
    },
  };
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigurationError(
      `The secrets file ${path} cannot be opened. The one of the local run is made by \`npm start\`; is SECRETS_FILE right?`,
      { cause },
    );
  });
}

/** One secret, or several during a rotation: the first signs, all verify. Nothing when it is neither. */
function liveSecretsOf(content: unknown): readonly unknown[] | undefined {
  if (Array.isArray(content)) return content.length > 0 ? content : undefined;
  return typeof content === 'object' && content !== null ? [content] : undefined;
}

/** Nothing for what is no JSON, which no secret is either. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names the place, never the content: a secret must not reach a log by way of a parser's message. */
function refuse(place: string): never {
  throw new ConfigurationError(
    `The ${place} cannot be read: it must be JSON with one secret object or a list of them. Was it pasted as plain text?`,
  );
}
