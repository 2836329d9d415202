import { randomBytes } from 'node:crypto';
import type * as z from 'zod/mini';
import { readVectorFile } from '#test/conformance/vector-file.ts';

/** A text that no run has seen before; a test that fails names it in its title. */
export const randomText = () => randomBytes(16).toString('hex');

/** Secrets for two implementations to agree under: those of the vectors, and others in every run. */
export async function witnessSecrets<Secret>(
  gateway: string,
  schema: z.ZodMiniType<Secret>,
  random: Secret,
): Promise<readonly { readonly title: string; readonly secret: Secret }[]> {
  const file = await readVectorFile(new URL('../fixtures/vectors/gateways.json', import.meta.url).pathname);
  const vector = file.about === 'gateways' ? file.outbound.find((each) => each.gateway === gateway) : undefined;
  return [
    { title: 'the secrets of the vectors', secret: schema.parse(vector?.secrets) },
    { title: `secrets at random, ${JSON.stringify(random)}`, secret: random },
  ];
}
