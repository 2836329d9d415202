import { localAccount } from '#infra/local/local-account.ts';
import type { IssuingScene } from './issuing-scene.ts';
import { readSigningFiles } from './signing-files.ts';

/** Sets what a function's stack would set, so that its handler, imported afterwards, works on the scene's engines. */
export function setHandlerEnvironment({
  table,
  engine,
  dynamoEndpoint,
}: Pick<IssuingScene, 'table' | 'engine' | 'dynamoEndpoint'>): void {
  Object.assign(process.env, {
    STAGE: 'dev',
    TABLE_NAME: table.name,
    RECEIPTS_BUCKET: engine.bucketName,
    DOSSIER_QUEUE_URL: engine.queueUrl,
    EVIDENCE_BUCKET: 'evidence',
    SECRETS_PREFIX: 'bienlai/dev/merchants',
    ...readSigningFiles(),
    PUBLIC_BASE_URL: 'https://edge.example.vn',
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoEndpoint,
    AWS_ENDPOINT_URL_SQS: engine.endpoint,
    AWS_ENDPOINT_URL_S3: engine.endpoint,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
}
