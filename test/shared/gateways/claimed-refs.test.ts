import { describe, expect, it } from '@jest/globals';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { genuineCallbacks } from '#test/support/genuine-callbacks.ts';

/** With the account's own secrets nothing of the vectors, signed by others, is authentic. */
const unproven = genuineCallbacks.map((genuine) => ({ ...genuine, connection: connectTestAccount(genuine.gateway) }));
const askable = unproven.filter(({ connection }) => connection.askAttempt !== undefined);
const unaskable = unproven.filter(({ connection }) => connection.askAttempt === undefined);

describe.each(askable)(
  'a callback of $title that nothing proves',
  ({ connection, secrets, gateway, now, ...genuine }) => {
    it('says about whom the gateway may be asked, and nothing else', () => {
      const request = genuine.withContent(genuine.content);
      const proved = connectTestAccount(gateway, secrets).readCallback(request, now);
      if (proved.kind !== 'notice') throw new Error('the genuine callback is a notice');

      expect(connection.readCallback(request, now)).toEqual({
        kind: 'bad-signature',
        why: expect.any(String),
        claimedRef: proved.notice.orderRef,
      });
    });

    it('claims nothing that is longer than a reference', () => {
      const long = 'A'.repeat(101);
      const content = genuine.isQuery
        ? genuine.content.replaceAll(/=[^&]*/g, `=${long}`)
        : genuine.content.replaceAll(/:"[^"\\]*"/g, `:"${long}"`).replaceAll(/(?<=:)\d+/g, `"${long}"`);

      expect(connection.readCallback(genuine.withContent(content), now)).not.toHaveProperty('claimedRef');
    });
  },
);

describe.each(unaskable)('a callback of $title that nothing proves', ({ connection, now, ...genuine }) => {
  it('claims nothing, since nobody could be asked', () => {
    const reading = connection.readCallback(genuine.withContent(genuine.content), now);

    expect(['bad-signature', 'expired']).toContain(reading.kind);
    expect(reading).not.toHaveProperty('claimedRef');
  });
});
