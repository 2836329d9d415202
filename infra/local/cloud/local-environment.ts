import { localAccount } from '#infra/local/local-account.ts';
import type { DeclaredFunction } from './blueprint.ts';
import { type LocalValueOf, resolveReferences, type Stacks } from './template.ts';

export interface LocalFacts {
  readonly publicBaseUrl: string;
  readonly dynamoDbEndpoint: string;
  readonly queueAndBucketEndpoint: string;
  readonly secretsFile: string;
  readonly originSecretFile: string;
  readonly signingSecretsFile: string;
  readonly trustAnchorsFile: string;
}

/** Variables whose value is another one here, or none, because what they lead to exists only in the cloud. */
function differencesFrom(facts: LocalFacts): Readonly<Record<string, string | undefined>> {
  return {
    PUBLIC_BASE_URL: facts.publicBaseUrl,
    SECRETS_PREFIX: undefined,
    SECRETS_FILE: facts.secretsFile,
    SIGNING_SECRETS_PREFIX: undefined,
    SIGNING_SECRETS_FILE: facts.signingSecretsFile,
    SIGNING_TRUST_ANCHORS_FILE: facts.trustAnchorsFile,
    ORIGIN_SECRET_ID: undefined,
    ORIGIN_SECRET_FILE: facts.originSecretFile,
    MERCHANT_SETTINGS_BASE_URL: facts.publicBaseUrl,
    // Lambda's folder beside the bundle; from source the fonts come out of their package.
    FONTS_DIR: undefined,
    // All functions share one process, and so one name in the log.
    POWERTOOLS_SERVICE_NAME: 'bien-lai',
    // Metrics are lines on standard output that CloudWatch reads; nobody reads them here.
    POWERTOOLS_METRICS_DISABLED: 'true',
  };
}

/** What Lambda itself gives every function: region, credentials and, here, where the engines listen. */
function platformVariables(facts: LocalFacts): Record<string, string | undefined> {
  return {
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    // A profile or session of the developer would win over the keys above.
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL_DYNAMODB: facts.dynamoDbEndpoint,
    AWS_ENDPOINT_URL_SQS: facts.queueAndBucketEndpoint,
    AWS_ENDPOINT_URL_S3: facts.queueAndBucketEndpoint,
  };
}

/**
 * The environment of all functions together: they run in one process, which has one environment.
 * @returns variables to set, or to remove where `undefined`
 * @throws Error when two functions are given different values under one name
 */
export function gatherEnvironment(
  functions: readonly DeclaredFunction[],
  facts: LocalFacts,
  stacks: Stacks,
  localValueOf: LocalValueOf,
): Record<string, string | undefined> {
  const differences = differencesFrom(facts);
  const gathered = new Map<string, string>();
  for (const { entry, environment, stackName } of functions) {
    for (const [name, declared] of Object.entries(environment)) {
      if (name in differences) continue;
      const value = String(resolveReferences(declared, stackName, stacks, localValueOf));
      const other = gathered.get(name);
      if (other !== undefined && other !== value) {
        throw new Error(
          `${name} is "${value}" for ${entry} but "${other}" for another function: they share one process here.`,
        );
      }
      gathered.set(name, value);
    }
  }
  return { ...Object.fromEntries(gathered), ...differences, ...platformVariables(facts) };
}

/** Puts variables into this process's environment; `undefined` removes one. */
export function applyEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
