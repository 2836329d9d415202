import { describe, expect, it } from '@jest/globals';
import { gatewayNameSchema } from '#schemas/ids.ts';
import { findGateway, gatewayNames } from '#shared/gateways/registry.ts';

describe('the registry of gateways', () => {
  it.each(gatewayNames)('finds %s by the name that it bears itself, fit for addresses', async (name) => {
    expect((await findGateway(name))?.name).toBe(gatewayNameSchema.parse(name));
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '', 'VNPAY', 'vnpay ', 'paypal'])(
    'finds nothing under %j',
    async (name) => {
      expect(await findGateway(name)).toBeUndefined();
    },
  );
});
