import * as z from 'zod';
import { ConfigurationError } from '#shared/domain/failures.ts';

/** What every function is told by the stack. */
export const commonEnvironment = {
  STAGE: z.enum(['dev', 'prod']),
  TABLE_NAME: z.string().min(3),
};

/**
 * Reads the environment once, at cold start, and names every faulty variable together, never its value: some of
 * them lead to secrets.
 * @throws ConfigurationError
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const result = z.object(shape).safeParse(source);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return source[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
  });
  throw new ConfigurationError(
    `The environment of this function is not usable: ${faults.join('; ')}. The variables are set by infra/service-stack.ts; was the function started outside its stack?`,
  );
}
