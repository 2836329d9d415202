import * as z from 'zod';

/** An answer as it goes over the wire. */
export interface SentAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const structuredSchema = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** Turns a function's result into an answer as an HTTP API does; without `statusCode` the result is the body. */
export function toHttpAnswer(result: unknown): SentAnswer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    return jsonAnswer(200, result ?? {});
  }
  const structured = structuredSchema.safeParse(result);
  if (!structured.success) return gatewayAnswer(500);
  const { statusCode, headers, cookies, body, isBase64Encoded } = structured.data;
  return {
    status: statusCode,
    headers: [
      ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const),
      ...cookies.map((cookie) => ['set-cookie', cookie] as const),
    ],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

const gatewayMessages = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
} as const;

/** What API Gateway answers of its own, without calling a function. */
export function gatewayAnswer(
  status: keyof typeof gatewayMessages,
  headers: readonly (readonly [string, string])[] = [],
): SentAnswer {
  const answer = jsonAnswer(status, { message: gatewayMessages[status] });
  return { ...answer, headers: [...answer.headers, ...headers] };
}

function jsonAnswer(status: number, body: unknown): SentAnswer {
  return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify(body)) };
}
