import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ReceivedRequest } from './cloud/api-gateway-event.ts';
import type { SentAnswer } from './cloud/http-answer.ts';
import { largestRequestBytes } from './cloud/http-api.ts';
import { listen } from './listen.ts';

/** Answers a request, or says `undefined` when it is none of its own. */
export type Site = (request: ReceivedRequest) => Promise<SentAnswer | undefined>;

/**
 * Serves the sites on one port; the first that answers, answers.
 * @returns what stops the server
 */
export async function startWebServer(
  port: number,
  sites: readonly Site[],
  onFault: (what: string) => void,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    answer(request, sites).then(
      (sent) => send(response, sent),
      (fault: unknown) => {
        onFault(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
        send(response, {
          status: 500,
          headers: [['content-type', 'text/plain']],
          body: Buffer.from('Internal Server Error'),
        });
      },
    );
  });
  return listen(server, port);
}

async function answer(request: IncomingMessage, sites: readonly Site[]): Promise<SentAnswer> {
  const received: ReceivedRequest = {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    rawHeaders: request.rawHeaders,
    body: await readBody(request),
    sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  };
  for (const site of sites) {
    const sent = await site(received);
    if (sent !== undefined) return sent;
  }
  return { status: 404, headers: [['content-type', 'text/plain']], body: Buffer.from('Not Found') };
}

/** Reads a little more than is allowed at most, so that the API sees that it is too much. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream: AsyncIterable<Buffer> = request;
  for await (const bytes of stream) {
    if (size <= largestRequestBytes) chunks.push(bytes);
    size += bytes.byteLength;
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: SentAnswer): void {
  response.statusCode = status;
  for (const [name, value] of headers) response.appendHeader(name, value);
  response.end(body);
}
