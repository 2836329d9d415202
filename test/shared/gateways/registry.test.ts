import { describe, expect, it } from '@jest/globals';
import { gatewayNameSchema } from '#schemas/ids.ts';
import { findGateway, gateways } from '#shared/gateways/registry.ts';

describe('the registry of gateways', () => {
  it('finds every gateway by its name, and names are unique and fit for addresses', () => {
    expect(new Set(gateways.map(({ name }) => name)).size).toBe(gateways.length);
    for (const gateway of gateways) {
      expect(gatewayNameSchema.parse(gateway.name)).toBe(gateway.name);
      expect(findGateway(gateway.name)).toBe(gateway);
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '', 'VNPAY', 'vnpay ', 'paypal'])(
    'finds nothing under %j',
    (name) => {
      expect(findGateway(name)).toBeUndefined();
    },
  );
});
