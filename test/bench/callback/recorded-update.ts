import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { listen } from '#infra/local/listen.ts';
import { findFreePort } from '#infra/local/ports.ts';

/** Plays the engines for a few requests: DynamoDB takes every update, Secrets Manager knows what it is given. */
export interface RequestRecorder {
  readonly endpoint: string;
  /** The bodies that DynamoDB was sent, in turn, so that the floor can send the very same. */
  readonly bodies: readonly string[];
  readonly stop: () => Promise<void>;
}

const secretRequestSchema = z.object({ SecretId: z.string() });

/** @param secrets what Secrets Manager holds, by its id */
export async function startRecorder(secrets: Readonly<Record<string, string>> = {}): Promise<RequestRecorder> {
  const bodies: string[] = [];
  const answerTo = (target: string | undefined, body: string) => {
    if (target !== 'secretsmanager.GetSecretValue') {
      bodies.push(body);
      return '{}';
    }
    return JSON.stringify({ SecretString: secrets[secretRequestSchema.parse(JSON.parse(body)).SecretId] });
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answerTo(targetOf(request), body);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(answer);
    });
  });
  const port = await findFreePort();
  const stop = await listen(server, port);
  return { endpoint: `http://127.0.0.1:${port}`, bodies, stop };
}

function targetOf({ headers }: IncomingMessage): string | undefined {
  return headers['x-amz-target']?.toString();
}
