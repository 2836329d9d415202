import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localAccount } from '#infra/local/local-account.ts';
import { readSigningFiles } from './signing-files.ts';

/** Secrets of the dev merchants, as a secret store would hold them. */
export const devSecrets = {
  vnpay: {
    ttpvhcc: [{ tmnCode: 'BIENLAI1', hashSecret: 'test-only-vnpay-hash-secret' }],
    vpdkdd: [{ tmnCode: 'BIENLAI2', hashSecret: 'test-only-vnpay-hash-secret-2' }],
  },
  momo: {
    ttpvhcc: [{ partnerCode: 'MOMOBIENLAI', accessKey: 'test-only-access', secretKey: 'test-only-momo-secret-key' }],
  },
};
export const originSecret = 'test-only-origin-secret';

/** All that any function reads when it starts, with changes; the AWS clients find the local engines by it. */
export function functionEnvironment(variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-'));
  const secretsFile = join(folder, 'secrets.json');
  const originSecretFile = join(folder, 'origin-secret');
  writeFileSync(secretsFile, JSON.stringify(devSecrets));
  writeFileSync(originSecretFile, originSecret);
  return {
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    STAGE: 'dev',
    TABLE_NAME: 'ledger',
    RECEIPTS_BUCKET: 'receipts',
    EVIDENCE_BUCKET: 'evidence',
    STATEMENTS_BUCKET: 'statements',
    DOSSIER_QUEUE_URL: `http://127.0.0.1/${localAccount.accountId}/dossier.fifo`,
    PUBLIC_BASE_URL: 'https://edge.example.vn',
    SECRETS_FILE: secretsFile,
    ...readSigningFiles(),
    ORIGIN_SECRET_FILE: originSecretFile,
    STAFF_CODE_CLAIM: 'preferred_username',
    STAFF_ROLES_CLAIM: 'roles',
    POWERTOOLS_SERVICE_NAME: 'bien-lai',
    POWERTOOLS_METRICS_NAMESPACE: 'bien-lai-test',
    ...variables,
  };
}
