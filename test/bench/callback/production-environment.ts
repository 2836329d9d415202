import { functionEnvironment } from '#test/support/function-environment.ts';

/** Where functions are told that their secrets lie, by their names in Secrets Manager. */
export const secretNames = { merchants: 'bench/merchants', origin: 'bench/origin' } as const;

/** The environment of a test, but with the secrets where they lie in production, not in the files of a local run. */
export function productionEnvironment(variables: Readonly<Record<string, string>>): Record<string, string> {
  const { SECRETS_FILE, ORIGIN_SECRET_FILE, ...environment } = functionEnvironment(variables);
  return { ...environment, SECRETS_PREFIX: secretNames.merchants, ORIGIN_SECRET_ID: secretNames.origin };
}
