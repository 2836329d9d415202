import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { financeCommandClient } from '#infra/local/engines/identity-provider.ts';
import { portsFrom, readPortBase } from '#infra/local/ports.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Which finance interface the command speaks to, and who signs in to it. */
export interface DeskPlace {
  readonly baseUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Where the token lies between two commands; only its owner may read it. */
  readonly tokenFile: string;
}

/**
 * With `FINANCE_URL` the interface of a deployment; without it the one of `npm start`, found by the same `PORT`.
 * @throws Error in sentences that say what to set
 */
export function findDesk(environment: Variables = process.env): DeskPlace {
  const { FINANCE_URL: baseUrl, FINANCE_ISSUER: issuer, FINANCE_CLIENT_ID: clientId } = environment;
  if (baseUrl === undefined || baseUrl === '') return localDesk(environment);
  if (issuer === undefined || clientId === undefined) {
    throw new Error(
      'Đặt cả FINANCE_ISSUER và FINANCE_CLIENT_ID: ai cấp thẻ đăng nhập, và lệnh này tên gì ở đó. ' +
        '(Set FINANCE_ISSUER and FINANCE_CLIENT_ID beside FINANCE_URL: who signs people in, and this command’s name there.)',
    );
  }
  const { origin, host, protocol } = new URL(baseUrl);
  if (protocol !== 'https:')
    throw new Error('FINANCE_URL phải là https: thẻ không đi qua đường không mã hóa (https only).');
  return { baseUrl: origin, issuer, clientId, tokenFile: join(homedir(), '.bien-lai', `${host}.json`) };
}

function localDesk(environment: Variables): DeskPlace {
  const { http, identityProvider } = portsFrom(readPortBase(environment['PORT']));
  const stateFolder = environment['STATE_DIR'] ?? fileURLToPath(new URL('../../../.local', import.meta.url));
  return {
    baseUrl: `http://localhost:${http}`,
    issuer: `http://localhost:${identityProvider}`,
    clientId: financeCommandClient,
    tokenFile: join(stateFolder, 'finance-token.json'),
  };
}
