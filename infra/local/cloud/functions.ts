import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { localAccount } from '#infra/local/local-account.ts';
import type { DeclaredFunction } from './blueprint.ts';

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** A function that is loaded and can be called with an event. */
export type Invoke = (event: unknown) => Promise<unknown>;

type Handler = (event: unknown, context: Context) => unknown;

const moduleSchema = z.object({
  handler: z.custom<Handler>((value) => typeof value === 'function', 'must export a function named handler'),
});

/** Imports a function's source; its environment must be in place before. */
export async function loadFunction(declared: DeclaredFunction): Promise<Invoke> {
  const { handler } = moduleSchema.parse(await import(pathToFileURL(join(projectRoot, declared.entry)).href));
  return (event) => withinTimeout(declared, async () => handler(event, contextOf(declared)));
}

/** Rejects when time is up, as Lambda does; unlike there, the code that is too slow cannot be stopped. */
async function withinTimeout(
  { entry, timeoutSeconds }: DeclaredFunction,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const timeUp = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    timeUp.reject(new Error(`${entry} timed out after ${timeoutSeconds} seconds`));
  }, timeoutSeconds * 1_000);
  try {
    return await Promise.race([run(), timeUp.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function contextOf({ entry, timeoutSeconds }: DeclaredFunction): Context {
  const functionName = entry.split('/').at(-2) ?? entry;
  const deadline = Date.now() + timeoutSeconds * 1_000;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${localAccount.region}:${localAccount.accountId}:function:${functionName}`,
    memoryLimitInMB: '1024',
    awsRequestId: randomUUID(),
    logGroupName: `/local/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
