import { createServer, request } from 'node:http';
import { listen } from '#infra/local/listen.ts';
import { findFreePort } from '#infra/local/ports.ts';

/** Stands before DynamoDB Local and counts what really arrives, whichever client sent it. */
export interface CountingProxy {
  readonly endpoint: string;
  /** The operations that were asked for since the last call, such as `UpdateItem`. */
  readonly takeOperations: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export async function startCountingProxy(engine: string): Promise<CountingProxy> {
  const operations: string[] = [];
  const server = createServer((received, answer) => {
    const { method, headers, url } = received;
    operations.push(String(headers['x-amz-target']).replace(/^.*\./, ''));
    const passedOn = request(new URL(url ?? '/', engine), { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    passedOn.on('error', (fault) => answer.destroy(fault));
    received.pipe(passedOn);
  });
  const port = await findFreePort();
  const stop = await listen(server, port);
  return { endpoint: `http://127.0.0.1:${port}`, takeOperations: () => operations.splice(0), stop };
}
