import type { PlayedRequest } from './player.ts';

/**
 * Whether a request came to the page or interface that a setting of the account names. Only the end of the path
 * counts: the played gateway lives behind a path of its own, with the gateway's real paths after it.
 */
export function comesTo(address: string, { path }: Pick<PlayedRequest, 'path'>): boolean {
  return /^\/./.test(path) && new URL(address).pathname.endsWith(path);
}
