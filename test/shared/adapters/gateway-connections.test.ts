import { describe, expect, it } from '@jest/globals';
import { loadMerchants } from '#config/merchants.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { devSecrets } from '#test/support/function-environment.ts';

/** Connections over the merchants of `dev`, a clock that can be set, and secrets that can be withheld. */
function someConnections() {
  const asked: string[] = [];
  const state = { milliseconds: 0, isSilent: false };
  const connections = makeGatewayConnections({
    findGateway,
    merchants: loadMerchants('dev'),
    secrets: {
      readMerchantSecrets: (gateway, merchant) => {
        asked.push(`${gateway}/${merchant}`);
        return state.isSilent ? Promise.reject(new Error('no answer')) : Promise.resolve(devSecrets.vnpay.ttpvhcc);
      },
    },
    milliseconds: () => state.milliseconds,
  });
  return { connections, asked, state };
}

describe('connections to gateways', () => {
  it('are made when first asked for, and kept for five minutes, so that a rotated secret is found', async () => {
    const { connections, asked, state } = someConnections();

    const [first, second] = await Promise.all([
      connections.connect('vnpay', 'ttpvhcc'),
      connections.connect('vnpay', 'ttpvhcc'),
    ]);
    expect(second).toBe(first);
    state.milliseconds = 299_999;
    expect(await connections.connect('vnpay', 'ttpvhcc')).toBe(first);
    expect(asked).toEqual(['vnpay/ttpvhcc']);

    state.milliseconds = 300_000;
    expect(await connections.connect('vnpay', 'ttpvhcc')).not.toBe(first);
    expect(asked).toEqual(['vnpay/ttpvhcc', 'vnpay/ttpvhcc']);
  });

  it('are bound to one account each', async () => {
    const { connections, asked } = someConnections();

    expect(await connections.connect('vnpay', 'vpdkdd')).not.toBe(await connections.connect('vnpay', 'ttpvhcc'));
    expect(asked).toEqual(['vnpay/vpdkdd', 'vnpay/ttpvhcc']);
  });

  it.each([
    ['vnpay', 'nobody'],
    ['paypal', 'ttpvhcc'],
    ['__proto__', 'ttpvhcc'],
    ['vnpay/ttpvhcc', ''],
  ])('are none, and ask for no secret, where there is no account: %j at %j', async (gateway, merchant) => {
    const { connections, asked } = someConnections();

    expect(await connections.connect(gateway, merchant)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('are not kept when they failed: the next caller asks again', async () => {
    const { connections, state } = someConnections();
    state.isSilent = true;
    await expect(connections.connect('vnpay', 'ttpvhcc')).rejects.toThrow('no answer');

    state.isSilent = false;

    expect(await connections.connect('vnpay', 'ttpvhcc')).toBeDefined();
  });
});
