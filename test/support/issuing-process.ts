import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { PaymentId } from '#schemas/ids.ts';
import { inheritCompileCache } from './compile-cache.ts';
import type { IssuingScene } from './issuing-scene.ts';
import { readSigningFiles } from './signing-files.ts';

const script = fileURLToPath(new URL('./issuing-child.ts', import.meta.url));

export type IssuingProcess = ChildProcessByStdio<null, Readable, null>;

/**
 * Starts a process that issues the payments' receipts on the scene's engines, with the real documents.
 * @param hold what it says before it stays where it is for ever
 */
export function startIssuing(
  { table, engine, dynamoEndpoint }: IssuingScene,
  paymentIds: readonly PaymentId[],
  hold = '',
): IssuingProcess {
  return spawn(process.execPath, [script, paymentIds.join(',')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...inheritCompileCache(),
      TABLE_NAME: table.name,
      DYNAMODB_ENDPOINT: dynamoEndpoint,
      RECEIPTS_BUCKET: engine.bucketName,
      S3_ENDPOINT: engine.endpoint,
      ...readSigningFiles(),
      HOLD: hold,
    },
  });
}
