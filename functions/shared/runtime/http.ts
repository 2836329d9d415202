import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Problem, ProblemOf } from '#schemas/problem.ts';
import { hasRepeatedKey } from '#shared/domain/repeated-keys.ts';
import { faultsOfSchema, type SchemaFault } from '#shared/domain/schema-faults.ts';

/** Longer bodies are refused before they are read (gateway specification §0 rule 12). */
export const largestBodyBytes = 64 * 1024;

/** Where the meaning of each problem type is told. */
const problemTypes = 'https://bienlai.vn/problems/';

export function problem(facts: ProblemOf): APIGatewayProxyStructuredResultV2 {
  const { code, ...rest } = facts;
  const body: Problem = { type: problemTypes + code, ...rest };
  return {
    statusCode: facts.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

export function json(
  statusCode: number,
  body: unknown,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** The body as received: API Gateway's Base64 is undone once, and nothing else is. */
export function bodyBytes(event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): Uint8Array {
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
}

export type BodyReading<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly answer: APIGatewayProxyStructuredResultV2 };

/** Reads a JSON body by its schema, or answers with a problem that names every faulty field. */
export function readJsonBody<Body>(event: APIGatewayProxyEventV2, schema: z.ZodMiniType<Body>): BodyReading<Body> {
  const bytes = bodyBytes(event);
  if (bytes.byteLength > largestBodyBytes) {
    return refuse(
      413,
      'body-too-large',
      'Nội dung quá lớn (body too large)',
      `The body has ${bytes.byteLength} bytes; at most ${largestBodyBytes} are read. Split the basket into several payments.`,
    );
  }
  const text = readText(bytes);
  if (text === undefined) {
    return refuse(
      400,
      'not-utf-8',
      'Nội dung không phải UTF-8 (not UTF-8)',
      'The body is not valid UTF-8. Was it sent in another encoding, such as windows-1258?',
    );
  }
  const value = readJson(text);
  if (value === undefined) {
    return refuse(
      400,
      'not-json',
      'Nội dung không phải JSON (not JSON)',
      'The body is not a JSON document. Was content-type application/json sent with a form body?',
    );
  }
  if (hasRepeatedKey(text)) {
    return refuse(
      400,
      'repeated-key',
      'Khóa JSON bị lặp (repeated key)',
      'A key stands twice in one JSON object; which one is meant cannot be known. Send each key once.',
    );
  }
  const parsed = schema.safeParse(value.json);
  if (parsed.success) return { ok: true, body: parsed.data };
  return { ok: false, answer: faultyFields(faultsOfSchema(parsed.error)) };
}

/** 422 with every faulty field by JSON pointer (RFC 6901). */
export function faultyFields(
  faults: readonly SchemaFault[],
  of: 'body' | 'query' = 'body',
): APIGatewayProxyStructuredResultV2 {
  return problem({
    code: 'faulty-fields',
    title: 'Dữ liệu không hợp lệ (faulty fields)',
    status: 422,
    detail: `${faults.length} field(s) of the ${of} cannot be accepted; each is named with its fault.`,
    errors: faults.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })),
  });
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function refuse(
  status: number,
  code: string,
  title: string,
  detail: string,
): { ok: false; answer: APIGatewayProxyStructuredResultV2 } {
  return { ok: false, answer: problem({ status, code, title, detail }) };
}

function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
