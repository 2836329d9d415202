import { existsSync } from 'node:fs';
import type { GatewayPlayer } from '#shared/gateways/player.ts';

/**
 * The gateway's own side, which every folder of the registry brings by convention.
 * @throws Error that says what to add when the folder brings none
 */
export async function loadPlayer(gateway: string): Promise<GatewayPlayer> {
  const file = `functions/shared/gateways/${gateway}/player.ts`;
  if (!existsSync(new URL(`../../../${file}`, import.meta.url))) {
    throw new Error(
      `Nobody plays the gateway ${gateway}: add ${file} with an exported \`player\` of the type in ` +
        'functions/shared/gateways/player.ts. The local bank, the self-test of accounts and the tests need it.',
    );
  }
  const module: unknown = await import(`#shared/gateways/${gateway}/player.ts`);
  if (isPlayerModule(module)) return module.player;
  throw new Error(`${file} must export \`player\`, of the type in functions/shared/gateways/player.ts.`);
}

/** The rest of the type is the compiler's to hold: every player is declared with it. */
function isPlayerModule(module: unknown): module is { readonly player: GatewayPlayer } {
  if (typeof module !== 'object' || module === null || !('player' in module)) return false;
  const { player } = module;
  return typeof player === 'object' && player !== null && 'makeSecret' in player && 'signCallback' in player;
}
