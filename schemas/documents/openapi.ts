import type { Examples } from './examples.ts';
import { financePaths } from './finance-paths.ts';
import { componentsFor, referenceTo } from './named-schemas.ts';

/** OpenAPI 3.1 of what the dossier system calls, and of what finance staff ask. */
export function openApiDocument(examples: Examples) {
  const bodies = bodiesWith(examples);
  const paths = {
    '/v1/payments': { post: createPayment(bodies) },
    '/v1/payments/{paymentId}': { parameters: [paymentIdParameter], get: readPayment(bodies) },
    '/v1/payments/{paymentId}/attempts': { parameters: [paymentIdParameter], post: openAttempt(bodies) },
    ...financePaths(),
  };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Biên lai: thanh toán phí, lệ phí; tài vụ (payments for the dossier system; finance staff)',
      version: '1.0.0',
      description:
        'Hệ thống hồ sơ tạo thanh toán, mở lượt thanh toán tại một cổng và đọc lại kết quả; kết quả cũng được báo qua ' +
        'hàng đợi (asyncapi.json). Cán bộ tài vụ làm việc dưới `/v1/finance/`. All amounts are whole numbers of đồng, all instants UTC. Errors are RFC 9457 ' +
        'problem documents: their `type` ends in a stable code, and `errors` names every faulty field.',
    },
    servers: [
      {
        url: 'https://{edge}',
        description: 'Public address of the stage: the output PublicBaseUrl of its deployment.',
        variables: { edge: { default: 'thanh-toan.example.vn' } },
      },
      { url: 'http://localhost:4400', description: 'Máy của người phát triển (npm start)' },
    ],
    paths,
    components: { securitySchemes: { dossierSystem, financeStaff }, schemas: componentsFor(paths) },
  };
}

const dossierSystem = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    'OAuth 2 client credentials at the issuer of the stage, for its audience, with the scopes `payments:write` and ' +
    '`payments:read`. The client is the claim `client_id`, else `azp`.',
};

const financeStaff = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    'OpenID Connect, authorization code with PKCE, at the issuer of staff of the stage, for its audience, with the scope ' +
    '`finance`. The token names the staff code (claim `preferred_username`, unless configured otherwise) and the roles ' +
    '(claim `roles`): clerk makes, approver checks, auditor reads, administrator sees to series and configuration. ' +
    '`x-action` of an operation is what a role must allow; who made a thing never checks it.',
};

const paymentIdParameter = { name: 'paymentId', in: 'path', required: true, schema: referenceTo('PaymentId') };

type Bodies = ReturnType<typeof bodiesWith>;

function createPayment({ request, answer, problem }: Bodies) {
  return {
    operationId: 'createPayment',
    summary: 'Tạo thanh toán (create a payment)',
    description:
      'The same `reference` with the same body gives the same payment (200), with another body a conflict. A debt is ' +
      'claimed by one live payment at a time. A payment of 0 đ is `waived` at once.',
    security: [{ dossierSystem: ['payments:write'] }],
    requestBody: request('PaymentRequest'),
    responses: {
      '200': answer('The payment that the same request made before, as it stands now.', 'Payment'),
      '201': answer('The payment was created.', 'Payment', ['just-created']),
      '409': problem('The reference or a debt is taken: `instance` names the payment.', [
        'reference-conflict',
        'debt-claimed',
      ]),
      ...faultyBody(problem, ['faulty-fields']),
      ...anyRefusal(problem),
    },
  };
}

function readPayment({ answer, problem }: Bodies) {
  return {
    operationId: 'readPayment',
    summary: 'Đọc thanh toán (read a payment)',
    description: 'Addresses of documents hold for five minutes: read the payment again for new ones.',
    security: [{ dossierSystem: ['payments:read'] }],
    responses: {
      '200': answer('The payment as it stands.', 'Payment'),
      '404': problem('No payment of this client has the id.', ['payment-not-found']),
      ...anyRefusal(problem),
    },
  };
}

function openAttempt({ request, answer, problem }: Bodies) {
  return {
    operationId: 'openAttempt',
    summary: 'Mở lượt thanh toán tại một cổng (open an attempt at a gateway)',
    description:
      'Send the citizen’s browser to `redirectUrl`, or let it post `form`, or show the bank transfer `transfer`: an ' +
      'attempt has one of them, by its gateway. An attempt that is open already at the same gateway is returned (200) ' +
      'rather than doubled, so the request may be repeated.',
    security: [{ dossierSystem: ['payments:write'] }],
    requestBody: request('AttemptRequest'),
    responses: {
      '200': answer('The attempt that was open already.', 'Attempt'),
      '201': answer('The attempt was opened.', 'Attempt'),
      '404': problem('No payment of this client has the id.', ['payment-not-found']),
      '409': problem('No further attempt can be opened: `payment-not-open`, `too-many-attempts`.', [
        'payment-not-open',
      ]),
      '502': problem('The gateway refused: try again, or choose another one. `gateway-refused`'),
      '504': problem('The gateway gave no certain answer: repeat the same request.', ['gateway-silent']),
      ...faultyBody(problem, ['no-merchant-account']),
      ...anyRefusal(problem),
    },
  };
}

function faultyBody(problem: Bodies['problem'], faultyFields: readonly string[]) {
  return {
    '400': problem('Not JSON in UTF-8, or a key stands twice: `not-json`, `not-utf-8`, `repeated-key`.'),
    '413': problem('The body is larger than 64 KiB: `body-too-large`.'),
    '422': problem('Fields cannot be accepted: `errors` names each with its fault.', faultyFields),
  };
}

function anyRefusal(problem: Bodies['problem']) {
  return {
    '401': refusalBeforeUs('The token is missing, has expired, or is of another issuer or audience.'),
    '403': refusalBeforeUs('The token lacks the scope.'),
    '429': refusalBeforeUs('Too many requests: wait and repeat.'),
    '500': problem('A fault of ours: the request may be repeated as it is, and has the same effect once.'),
  };
}

/** What stands before the functions refuses in its own words, which are no problem document. */
function refusalBeforeUs(description: string) {
  const schema = { type: 'object', properties: { message: { type: 'string' } } };
  return { description, content: { 'application/json': { schema } } };
}

/** How requests and answers of a schema are described, with the examples there are of it. */
function bodiesWith(examples: Examples) {
  const content = (name: string, shown: readonly string[] = Object.keys(examples[name] ?? {})) => ({
    schema: referenceTo(name),
    ...(shown.length > 0 && {
      examples: Object.fromEntries(shown.map((title) => [title, { value: examples[name]?.[title] }])),
    }),
  });
  return {
    request: (name: string) => ({ required: true, content: { 'application/json': content(name) } }),
    answer: (description: string, name: string, shown?: readonly string[]) => ({
      description,
      content: { 'application/json': content(name, shown) },
    }),
    problem: (description: string, shown: readonly string[] = []) => ({
      description,
      content: { 'application/problem+json': content('Problem', shown) },
    }),
  };
}
