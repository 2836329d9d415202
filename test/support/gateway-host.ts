import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A gateway's host on this machine, which behaves as a test says and counts who came. */
export interface GatewayHost {
  readonly url: string;
  readonly host: string;
  readonly requests: () => number;
  /** From now on; several are played one after the other, the last one for ever. */
  readonly behave: (...behaviours: readonly Behaviour[]) => void;
  readonly stop: () => Promise<void>;
}

export async function startGatewayHost(): Promise<GatewayHost> {
  let count = 0;
  let playing: readonly Behaviour[] = [];
  const server = createServer((request, response) => {
    count += 1;
    const [behaviour = answerWith(200, '{}'), ...others] = playing;
    if (others.length > 0) playing = others;
    behaviour(request, response);
  });
  // A test that fails half-way does not stop it: neither host nor connections may keep the run from ending.
  server.unref().on('connection', (socket) => void socket.unref());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = portOf(server.address());
  const host = `127.0.0.1:${port}`;
  return {
    url: `http://${host}/api`,
    host,
    requests: () => count,
    behave: (...behaviours) => {
      playing = behaviours;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answerWith(status: number, body: string, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

/** Takes the request and says nothing. */
export const staySilent: Behaviour = () => undefined;

export const resetConnection: Behaviour = (request) => void request.socket.resetAndDestroy();

/** Begins to answer and never ends. */
export const answerHalf: Behaviour = (_request, response) => {
  response.writeHead(200);
  response.write('{"half":');
};

function portOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address;
}
