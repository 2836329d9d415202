import { readFile } from 'node:fs/promises';
import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { SecretStore } from '#shared/domain/ports.ts';
import { secretsManager } from './secrets-manager.ts';

/** One secret, or several during a rotation: the first signs, all verify. */
const liveSecretsSchema = z.union([z.array(z.unknown()).check(z.minLength(1)), z.record(z.string(), z.unknown())]);

const secretsFileSchema = z.record(z.string(), z.record(z.string(), liveSecretsSchema));

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
        return asList(readLiveSecrets(text ?? '', `secret ${name}`, liveSecretsSchema));
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
  };
}

/** A file of the same content, `{gateway: {merchant: [secret, …]}}`, for local runs. It is read anew each time. */
export function makeFileSecretStore(path: string): SecretStore {
  return {
    async readMerchantSecrets(gateway, merchant) {
      const file = readLiveSecrets(await readText(path), `secrets file ${path}`, secretsFileSchema);
      const ofGateway = Object.hasOwn(file, gateway) ? file[gateway] : undefined;
      const found = ofGateway !== undefined && Object.hasOwn(ofGateway, merchant) ? ofGateway[merchant] : undefined;
      return found === undefined ? undefined : asList(found);
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

function asList(secrets: z.infer<typeof liveSecretsSchema>): readonly unknown[] {
  return Array.isArray(secrets) ? secrets : [secrets];
}

/** Names the place, never the content: a secret must not reach a log by way of a parser's message. */
function readLiveSecrets<Content>(text: string, place: string, schema: z.ZodMiniType<Content>): Content {
  const refusal = `The ${place} cannot be read: it must be JSON with one secret object or a list of them. Was it pasted as plain text?`;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ConfigurationError(refusal);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new ConfigurationError(refusal);
  return parsed.data;
}
