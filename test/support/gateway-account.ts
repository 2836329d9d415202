import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Gateway, GatewayConnection } from '#shared/gateways/gateway.ts';

const fixtureSchema = z.object({
  settings: z.record(z.string(), z.unknown()),
  secret: z.record(z.string(), z.string()),
  /** Secrets that no signature needs: the vectors leave them out, and ours stand in for them. */
  secretNamesNotInVectors: z.array(z.string()).default([]),
});

/** The test account of a gateway: a new gateway brings one, and every suite that loops over gateways uses it. */
export function readTestAccount(gateway: Gateway): z.infer<typeof fixtureSchema> {
  const file = new URL(`../fixtures/gateways/${gateway.name}.json`, import.meta.url);
  return fixtureSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The test account's settings with the given secrets, or with its own. */
export function connectTestAccount(gateway: Gateway, ...secrets: readonly unknown[]): GatewayConnection {
  const { settings, secret, secretNamesNotInVectors } = readTestAccount(gateway);
  const unsigned = Object.fromEntries(secretNamesNotInVectors.map((name) => [name, secret[name]]));
  const given = secrets.map((other) => (typeof other === 'object' ? { ...unsigned, ...other } : other));
  return gateway.connect({ merchant: 'ttpvhcc', settings, secrets: given.length === 0 ? [secret] : given });
}
