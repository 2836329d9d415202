import * as z from 'zod/mini';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { faultsOfSchema } from '#shared/domain/schema-faults.ts';

/** What every function is told by the stack. */
export const commonEnvironment = {
  STAGE: z.enum(['dev', 'prod']),
  TABLE_NAME: z.string().check(z.minLength(3)),
};

/**
 * Reads the environment once, at cold start, and names every faulty variable together, never its value: some of
 * them lead to secrets.
 * @throws ConfigurationError
 */
export function readEnvironment<Shape extends z.core.$ZodShape>(
  shape: Shape,
  source: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<z.ZodMiniObject<Shape>> {
  const result = z.object(shape).safeParse(source);
  if (result.success) return result.data;
  const faults = faultsOfSchema(result.error).map(({ path, message }) => {
    const name = path.join('.');
    return source[name] === undefined ? `${name} is missing` : `${name}: ${message}`;
  });
  throw new ConfigurationError(
    `The environment of this function is not usable: ${faults.join('; ')}. The variables are set by infra/service-stack.ts; was the function started outside its stack?`,
  );
}
