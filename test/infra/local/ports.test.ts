import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { assertPortsFree, findFreePorts, portsFrom, readPortBase } from '#infra/local/ports.ts';

describe('the ports of the local stack', () => {
  it('stand at fixed distances from the base', () => {
    expect(portsFrom(4400)).toEqual({ http: 4400, dynamoDb: 4401, fauxqs: 4402, identityProvider: 4403 });
  });

  it.each([
    [undefined, 4400],
    ['', 4400],
    ['5000', 5000],
  ])('begin with PORT=%s at %i', (text, base) => {
    expect(readPortBase(text)).toBe(base);
  });

  it.each(['0', '65533', 'abc', '-1', '44.5', '1e3', ' 4400'])('refuse PORT="%s", saying what is allowed', (text) => {
    expect(() => readPortBase(text)).toThrow(`PORT must be a whole number from 1 to 65532`);
  });

  it('name the one that is taken, its purpose and the way out', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const ports = { ...(await findFreePorts()), fauxqs: taken };

    await expect(assertPortsFree(ports)).rejects.toThrow(
      new RegExp(
        `Port ${taken}, wanted for SQS and S3, cannot be used \\(EADDRINUSE\\).*PORT=${ports.http + 100} npm start`,
      ),
    );
    server.close();
  });
});
