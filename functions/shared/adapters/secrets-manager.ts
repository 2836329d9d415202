import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { givingUpAfter } from './request-limits.ts';

let client: SecretsManagerClient | undefined;

/**
 * The one client of Secrets Manager, made when first needed. The secrets of the edge and of a merchant are read one
 * after the other by the first request of a container: over one client that is one TLS handshake, over two it is two.
 */
export function secretsManager(): SecretsManagerClient {
  client ??= new SecretsManagerClient({ requestHandler: givingUpAfter() });
  return client;
}
