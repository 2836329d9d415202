import { describe, expect, it } from '@jest/globals';
import type { GatewayConnection } from '#shared/gateways/gateway.ts';
import { type GenuineCallback, genuineCallbacks } from '#test/support/genuine-callbacks.ts';
import { tryHostileRequests } from '#test/support/hostile-verdict.ts';

/** A genuine callback of the same gateway with a fault in it. */
function broken(change: (sound: GatewayConnection) => Partial<GatewayConnection>): GenuineCallback {
  const [genuine] = genuineCallbacks;
  if (genuine === undefined) throw new Error('there is no gateway');
  const { gateway } = genuine;
  const connect: typeof gateway.connect = (account) => {
    const sound = gateway.connect(account);
    return { ...sound, ...change(sound) };
  };
  return { ...genuine, gateway: { ...gateway, connect } };
}

describe('trying hostile requests', () => {
  it('finds a gateway that believes what nobody signed', async () => {
    const believing = broken((sound) => ({
      readCallback: (request, now) => {
        const reading = sound.readCallback(request, now);
        const why = 'believed without proof';
        return reading.kind === 'bad-signature'
          ? { kind: 'malformed', orderRef: null, transactionId: null, paidAt: null, why }
          : reading;
      },
    }));
    await expect(tryHostileRequests(believing, 500)).rejects.toThrow('Property failed');
  });

  it('finds a gateway that throws at a byte, and one that calls the fault its own', async () => {
    const throwing = broken((sound) => ({
      readCallback: (request, now) => {
        if (request.rawQuery.includes('\0')) throw new TypeError('a NUL');
        return sound.readCallback(request, now);
      },
    }));
    const failing = broken((sound) => ({
      answerCallback: (outcome, request) =>
        outcome === 'bad_signature' ? { status: 500, headers: {}, body: '' } : sound.answerCallback(outcome, request),
    }));
    await expect(tryHostileRequests(throwing, 2_000)).rejects.toThrow('Property failed');
    await expect(tryHostileRequests(failing, 500)).rejects.toThrow('Property failed');
  });

  it('finds a gateway that takes a field to be another one', async () => {
    // Reads a parameter twice and takes the first: the signature covers the last.
    const lenient = broken((sound) => ({
      readCallback: (request, now) => {
        const last = new Map(request.rawQuery.split('&').map((field) => [field.split('=')[0], field]));
        const reading = sound.readCallback({ ...request, rawQuery: [...last.values()].join('&') }, now);
        const first = /vnp_Amount=(\d+)/.exec(request.rawQuery)?.[1];
        if (reading.kind !== 'notice' || first === undefined) return reading;
        return { ...reading, notice: { ...reading.notice, resultCode: first } };
      },
    }));
    await expect(tryHostileRequests(lenient, 5_000)).rejects.toThrow('Property failed');
  });
});
