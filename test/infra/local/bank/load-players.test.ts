import { describe, expect, it } from '@jest/globals';
import { loadPlayer } from '#infra/local/bank/load-players.ts';
import { gatewayNames } from '#shared/gateways/registry.ts';

describe('players', () => {
  it.each(gatewayNames)('come with the folder of %s', async (gateway) => {
    const player = await loadPlayer(gateway);

    // Orders come by a visit, by a request of ours, or by a transfer.
    expect(['readVisit', 'answer', 'readTransfer'].some((way) => way in player)).toBe(true);
  });

  it('are asked for where a folder has none, with the file to add', async () => {
    await expect(loadPlayer('nobody')).rejects.toThrow('add functions/shared/gateways/nobody/player.ts');
  });
});
