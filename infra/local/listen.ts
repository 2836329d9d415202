import { once } from 'node:events';
import type { Server } from 'node:http';

/**
 * Listens on this machine only: what runs here has keys and data that are nobody else's business.
 * @returns what stops the server, open connections included
 */
export async function listen(server: Server, port: number): Promise<() => Promise<void>> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
}
