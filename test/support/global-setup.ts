import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStacks } from '#infra/local/cloud/synthesise.ts';
import { type DynamoDbLocal, launchDynamoDbLocal } from '#infra/local/engines/dynamodb-local.ts';
import { startCompileCache } from './compile-cache.ts';
import { stopEnginesOfEndedRuns } from './ended-runs.ts';
import { makeRsaKeys } from './rsa-keys.ts';
import { makeSigningFiles } from './signing-files.ts';

declare global {
  // jest hands nothing from the setup to the teardown but the global object.
  var testEngine: DynamoDbLocal | undefined;
  var removeTestFiles: readonly (() => Promise<void>)[] | undefined;
}

/**
 * Starts one DynamoDB engine in memory for the whole run. It boots while the first tests run: those that need
 * it wait for it themselves (`startTestTable`), the others lose no time.
 */
export default async function startEngine(): Promise<void> {
  const folder = join(tmpdir(), 'bien-lai-test-engines');
  await stopEnginesOfEndedRuns(folder);
  const engine = await launchDynamoDbLocal({ recordFile: join(folder, `${process.pid}.json`) });
  globalThis.testEngine = engine;
  globalThis.removeTestFiles = await Promise.all([startCompileCache(), makeSigningFiles(), makeRsaKeys()]);
  // On a fresh clone the template is synthesised first: done once here, it is no test's time that it takes.
  await readStacks();
  process.env['DYNAMODB_ENDPOINT'] = engine.endpoint;
}
