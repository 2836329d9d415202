import { createServer } from 'node:net';

/** What listens where, counted from one base. */
export interface Ports {
  readonly http: number;
  readonly dynamoDb: number;
  readonly fauxqs: number;
  readonly identityProvider: number;
}

export const defaultPort = 4400;

/** Fixed distances from the base, since queue addresses kept on disk contain the port they were made with. */
export function portsFrom(base: number): Ports {
  return { http: base, dynamoDb: base + 1, fauxqs: base + 2, identityProvider: base + 3 };
}

/** Reads the base from the environment's `PORT`. */
export function readPortBase(text: string | undefined): number {
  if (text === undefined || text === '') return defaultPort;
  const base = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (base >= 1 && base <= 65_532) return base;
  throw new Error(
    `PORT must be a whole number from 1 to 65532 (the three ports after it are used too), but it is "${text}".`,
  );
}

/** A port that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  return listenBriefly(0);
}

/** Four free ports in a row are not to be had from the system, so each is found by itself. */
export async function findFreePorts(): Promise<Ports> {
  const [http, dynamoDb, fauxqs, identityProvider] = await Promise.all([
    findFreePort(),
    findFreePort(),
    findFreePort(),
    findFreePort(),
  ]);
  return { http, dynamoDb, fauxqs, identityProvider };
}

/** @throws Error in one sentence that names the port, what wanted it and the way out */
export async function assertPortsFree(ports: Ports): Promise<void> {
  const wanted = [
    [ports.http, 'the HTTP API and pages'],
    [ports.dynamoDb, 'DynamoDB Local'],
    [ports.fauxqs, 'SQS and S3'],
    [ports.identityProvider, 'the OpenID provider'],
  ] as const;
  for (const [port, purpose] of wanted) {
    await listenBriefly(port).catch((fault: NodeJS.ErrnoException) => {
      throw new Error(
        `Port ${port}, wanted for ${purpose}, cannot be used (${fault.code ?? fault.message}): ` +
          `is another "npm start" running? Stop it, or choose another base: PORT=${ports.http + 100} npm start`,
      );
    });
  }
}

function listenBriefly(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
