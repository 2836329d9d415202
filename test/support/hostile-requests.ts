import fc from 'fast-check';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import type { GenuineCallback } from './genuine-callbacks.ts';
import { aChange, type Change, waysOfChange } from './hostile-changes.ts';

/** A request as somebody might send who is not the gateway, or whose wire is bad. */
export interface HostileRequest {
  /** How it was made: suites count that every way was tried. */
  readonly ways: readonly string[];
  readonly request: CallbackRequest;
}

const someChanges = fc.oneof(
  { weight: 3, arbitrary: aChange.map((change) => [change]) },
  { weight: 1, arbitrary: fc.array(aChange, { minLength: 2, maxLength: 3 }) },
);

const contents: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'random bytes': fc.string({ unit: fc.nat(255).map((byte) => String.fromCharCode(byte)), maxLength: 300 }),
  'random text': fc.string({ unit: 'binary', maxLength: 100 }).map(bytesOf),
  'random JSON': fc.json({ maxDepth: 3 }).map(bytesOf),
  'random parameters': fc.webQueryParameters(),
  nested: fc
    .tuple(fc.constantFrom('[', '{"a":', '{"data":', '[{"a":'), fc.integer({ min: 1, max: 5_000 }), fc.boolean())
    .map(([open, depth, isClosed]) => {
      const braces = open.replaceAll(/[^[{]/g, '').split('');
      const close = braces.toReversed().map((brace) => (brace === '[' ? ']' : '}'));
      return open.repeat(depth) + (isClosed ? `1${close.join('').repeat(depth)}` : '');
    }),
};

const headerNames = (
  'content-type content-encoding authorization signature x-signature x-secret-key x-sepay-signature x-sepay-timestamp ' +
  '__proto__ constructor toString '
).split(' ');
const headerValues = [
  'text/html application/x-www-form-urlencoded application/json;charset=utf-16 gzip Apikey 0 -1 1e12 NaN'.split(' '),
  ['99999999999999999999', 'sha256=', 'sha256=00', `sha256=${'0'.repeat(64)}`, '9'.repeat(9_000), 'é\0'],
  ['', ' ', 'Bearer x', 'Apikey ', 'apikey null', 'Basic Og=='],
].flat();
const methods = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'post', '', 'GET\n'];

const placings = ['other method', 'body and query exchanged', 'both'] as const;

export const waysOfHostility: readonly string[] = [
  ...waysOfChange,
  ...Object.keys(contents),
  'header changed',
  'header left out',
  'header added',
  ...placings,
];

/** Requests around a genuine callback: it changed in many ways, and others that have nothing to do with it. */
export function hostileRequests(
  genuine: Pick<GenuineCallback, 'content' | 'withContent'>,
): fc.Arbitrary<HostileRequest> {
  const original = genuine.withContent(genuine.content);
  const genuineBytes = bytesOf(genuine.content);
  const withBytes = (bytes: string) => genuine.withContent(Buffer.from(bytes, 'latin1'));

  const contentChanged = someChanges.map((changes) => ({
    ways: waysOf(changes),
    request: withBytes(applyAll(changes, genuineBytes)),
  }));
  const replaced = fc.oneof(
    ...Object.entries(contents).map(([way, content]) =>
      content.map((bytes) => ({ ways: [way], request: withBytes(bytes) })),
    ),
  );
  const anyContent = fc.oneof({ weight: 6, arbitrary: contentChanged }, { weight: 1, arbitrary: replaced });
  // A proof in the headers is to be spoilt as often as one in the content.
  const provedByHeaders = Object.keys(original.headers).some((name) => name !== 'content-type');
  return fc.oneof(
    { weight: provedByHeaders ? 5 : 12, arbitrary: anyContent },
    { weight: provedByHeaders ? 2 : 1, arbitrary: headersChanged(fc.constant({ ways: [], request: original })) },
    { weight: provedByHeaders ? 6 : 1, arbitrary: headersChanged(anyContent) },
    { weight: 1, arbitrary: placedOtherwise(anyContent, original) },
  );
}

function headersChanged(base: fc.Arbitrary<HostileRequest>): fc.Arbitrary<HostileRequest> {
  const withHeaders = ({ ways, request }: HostileRequest, way: string, headers: CallbackRequest['headers']) => ({
    ways: [...ways, way],
    request: { ...request, headers },
  });
  const aName = ({ headers }: CallbackRequest, seed: number) =>
    Object.keys(headers)[seed % Math.max(Object.keys(headers).length, 1)];
  return fc.oneof(
    fc.tuple(base, fc.nat(), someChanges).map(([hostile, seed, changes]) => {
      const { headers } = hostile.request;
      const name = aName(hostile.request, seed) ?? 'content-type';
      const value = applyAll(changes, headers[name] ?? '');
      return withHeaders(hostile, 'header changed', { ...headers, [name]: value });
    }),
    fc.tuple(base, fc.nat()).map(([hostile, seed]) => {
      const { [aName(hostile.request, seed) ?? '']: _left, ...others } = hostile.request.headers;
      return withHeaders(hostile, 'header left out', others);
    }),
    fc.tuple(base, fc.constantFrom(...headerNames), fc.constantFrom(...headerValues)).map(([hostile, name, value]) => {
      const headers = new Map([...Object.entries(hostile.request.headers), [name, value]]);
      return withHeaders(hostile, 'header added', Object.fromEntries(headers));
    }),
  );
}

/** The same content in another place of the request, or together with the genuine one. */
function placedOtherwise(base: fc.Arbitrary<HostileRequest>, original: CallbackRequest): fc.Arbitrary<HostileRequest> {
  const exchanged = (request: CallbackRequest): CallbackRequest => ({
    ...request,
    rawQuery: Buffer.from(request.body).toString('latin1'),
    body: Buffer.from(request.rawQuery, 'latin1'),
  });
  const together = (request: CallbackRequest): CallbackRequest =>
    original.rawQuery === ''
      ? { ...exchanged(request), body: original.body }
      : { ...exchanged(request), rawQuery: original.rawQuery };
  const either = fc.oneof(base, fc.constant({ ways: [], request: original }));
  return fc.tuple(either, fc.nat(2), fc.constantFrom(...methods)).map(([{ ways, request }, place, method]) => {
    const placed = [request, exchanged(request), together(request)][place] ?? request;
    return { ways: [...ways, placings[place] ?? ''], request: { ...placed, method } };
  });
}

function waysOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ way }) => way);
}

function applyAll(changes: readonly Change[], text: string): string {
  return changes.reduce((changed, { apply }) => apply(changed), text);
}

/** A text as its bytes in UTF-8, one character each. */
function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
