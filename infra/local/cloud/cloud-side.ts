import { join } from 'node:path';
import type { Engines } from '#infra/local/engines/start-engines.ts';
import type { Shutdown } from '#infra/local/shutdown.ts';
import { type Blueprint, type DeclaredConsumer, readBlueprint } from './blueprint.ts';
import { startBucketEvents } from './bucket-events.ts';
import { openCheckpoints } from './checkpoints.ts';
import { createBuckets, createQueues, createTable, tableDefinitionOf } from './create-resources.ts';
import { keepFailureRecord } from './failure-records.ts';
import { type Invoke, loadFunction } from './functions.ts';
import { type HttpApi, makeHttpApi } from './http-api.ts';
import { type JwtAuthorizer, makeJwtAuthorizer } from './jwt-authorizer.ts';
import { applyEnvironment, gatherEnvironment, type LocalFacts } from './local-environment.ts';
import { bucketNameOf, localValues } from './local-names.ts';
import { startSchedule } from './scheduler.ts';
import { type StreamConsumer, startStreamPoller } from './stream-poller.ts';
import type { Stacks } from './template.ts';

/** What the templates declare, made of local parts: resources, functions, and what calls them. */
export interface CloudSide {
  readonly httpApi: HttpApi;
  /** What the functions were given. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Begins to feed the functions from stream, schedules and the events of buckets. */
  readonly startFeeding: (shutdown: Shutdown) => Promise<void>;
}

export interface CloudSideNeeds {
  readonly stacks: Stacks;
  readonly engines: Engines;
  readonly facts: LocalFacts;
  readonly stateFolder: string;
  readonly onTrouble: (what: string) => void;
}

export async function makeCloudSide(needs: CloudSideNeeds): Promise<CloudSide> {
  const { stacks, engines, facts } = needs;
  const blueprint = readBlueprint(stacks, bucketNameOf);
  const [{ streamArn }] = await Promise.all([
    createTable(engines.dynamoDb, tableDefinitionOf(stacks)),
    createQueues(engines.sqs, stacks),
    createBuckets(engines.s3, stacks),
  ]);
  const values = localValues({ queueEndpoint: engines.queuesAndBuckets.endpoint, streamArn });
  const environment = gatherEnvironment(blueprint.functions, facts, stacks, values);
  applyEnvironment(environment);
  const functionOf = await loadFunctions(blueprint);
  return {
    environment,
    httpApi: makeHttpApi({
      routes: blueprint.routes,
      authorizerOf: openAuthorizers(blueprint, engines.identityProvider.issuer),
      functionOf,
      domainName: new URL(facts.publicBaseUrl).hostname,
      onFault: needs.onTrouble,
    }),
    startFeeding: (shutdown) => startFeeding(blueprint, functionOf, streamArn, { ...needs, shutdown }),
  };
}

/** @param issuer the one that was really started; the template names that of the default port */
function openAuthorizers({ authorizers }: Blueprint, issuer: string): (authorizerId: string) => JwtAuthorizer {
  const opened = new Map([...authorizers].map(([id, settings]) => [id, makeJwtAuthorizer({ ...settings, issuer })]));
  return (authorizerId) => {
    const authorizer = opened.get(authorizerId);
    if (authorizer === undefined)
      throw new Error(`A route names the authorizer ${authorizerId}, which is not declared.`);
    return authorizer;
  };
}

async function loadFunctions(blueprint: Blueprint): Promise<(functionId: string) => Invoke> {
  const loaded = new Map(
    await Promise.all(
      blueprint.functions.map(async (declared) => [declared.id, await loadFunction(declared)] as const),
    ),
  );
  return (functionId) => {
    const invoke = loaded.get(functionId);
    if (invoke === undefined) throw new Error(`The template names the function ${functionId}, which is not declared.`);
    return invoke;
  };
}

async function startFeeding(
  blueprint: Blueprint,
  functionOf: (functionId: string) => Invoke,
  streamArn: string,
  needs: CloudSideNeeds & { readonly shutdown: Shutdown },
): Promise<void> {
  const nameOf = (functionId: string) =>
    blueprint.functions
      .find(({ id }) => id === functionId)
      ?.entry.split('/')
      .at(-2) ?? functionId;
  for (const consumer of blueprint.consumers) {
    const name = nameOf(consumer.functionId);
    const checkpoints = await openCheckpoints(join(needs.stateFolder, 'checkpoints', `${name}.json`), streamArn);
    const poller = startStreamPoller({
      client: needs.engines.streams,
      streamArn,
      checkpoints,
      onTrouble: needs.onTrouble,
      consumer: { ...consumer, name, delivery: deliveryOf(consumer, name, functionOf(consumer.functionId), needs) },
    });
    needs.shutdown.add(poller.stop);
  }
  for (const { functionId, timetable, input } of blueprint.schedules) {
    const invoke = functionOf(functionId);
    const schedule = startSchedule({
      name: nameOf(functionId),
      timetable,
      run: async () => void (await invoke(input)),
      onTrouble: needs.onTrouble,
    });
    needs.shutdown.add(schedule.stop);
  }
  await listenToBuckets(blueprint, functionOf, needs);
}

/** Gives each event of a bucket to the functions that a rule of EventBridge starts with it. */
async function listenToBuckets(
  { rules, tellingBuckets }: Blueprint,
  functionOf: (functionId: string) => Invoke,
  { engines, stateFolder, onTrouble, shutdown }: CloudSideNeeds & { readonly shutdown: Shutdown },
): Promise<void> {
  const tellEvent = async (event: unknown) => {
    const concerned = rules.filter(({ filter }) => filter.matches(event));
    for (const functionId of concerned.flatMap(({ functionIds }) => functionIds)) await functionOf(functionId)(event);
  };
  for (const bucket of tellingBuckets) {
    const stateFile = join(stateFolder, 'told', `${bucket}.json`);
    const events = await startBucketEvents({ s3: engines.s3, bucket, stateFile, tellEvent, onTrouble });
    shutdown.add(events.stop);
  }
}

function deliveryOf(
  { rules, failureBucket }: DeclaredConsumer,
  functionName: string,
  invoke: Invoke,
  { engines, onTrouble }: CloudSideNeeds,
): StreamConsumer['delivery'] {
  return {
    rules,
    invoke: (records) => invoke({ Records: records }),
    giveUp: async (records, attempts, why) => {
      onTrouble(`${functionName} gave up ${records.length} change(s) after ${attempts} attempts: ${why}`);
      await keepFailureRecord(engines.s3, failureBucket, { functionName, records, attempts, why });
    },
  };
}
