import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '#infra/local/listen.ts';
import { findFreePort } from '#infra/local/ports.ts';

/** Plays the engine for one request, so that the floor can send the very same. */
export interface RequestRecorder {
  readonly endpoint: string;
  /** The bodies that were sent, in turn. */
  readonly bodies: readonly string[];
  readonly stop: () => Promise<void>;
}

export async function startRecorder(): Promise<RequestRecorder> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    });
  });
  const port = await findFreePort();
  const stop = await listen(server, port);
  return { endpoint: `http://127.0.0.1:${port}`, bodies, stop };
}
