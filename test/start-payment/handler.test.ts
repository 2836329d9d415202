import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PaymentView } from '#schemas/payment-view.ts';
import { attemptViewSchema, paymentViewSchema } from '#schemas/payment-view.ts';
import { problemSchema } from '#schemas/problem.ts';
import { callHandler, type HttpCall, setHandlerEnvironment } from '#test/support/http-calls.ts';
import { startTestTable } from '#test/support/local-engines.ts';

let call: (request: HttpCall) => ReturnType<typeof callHandler>;

beforeAll(async () => {
  const { tableName } = await startTestTable();
  setHandlerEnvironment({ TABLE_NAME: tableName });
  const { handler } = await import('#functions/start-payment/handler.ts');
  call = (request) => callHandler(handler, { claims: { client_id: 'dossier-system' }, ...request });
});

let references = 0;
const inOneDay = () => new Date(Date.now() + 86_400_000).toISOString();

function body(changes: Record<string, unknown> = {}) {
  references += 1;
  return {
    reference: `YC-${references}`,
    charges: [
      {
        dossierCode: `H49.14-261101-${String(references).padStart(4, '0')}`,
        procedureCode: '1.013978',
        payer: { name: 'Nguyễn Văn An' },
        feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }],
      },
    ],
    expiresAt: inOneDay(),
    ...changes,
  };
}

const post = (content: unknown, changes: Partial<HttpCall> = {}) =>
  call({
    method: 'POST',
    routeKey: 'POST /v1/payments',
    body: typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    ...changes,
  });
const get = (paymentId: string, changes: Partial<HttpCall> = {}) =>
  call({ method: 'GET', routeKey: 'GET /v1/payments/{paymentId}', pathParameters: { paymentId }, ...changes });
const attempt = (paymentId: string, content: unknown) =>
  call({
    method: 'POST',
    routeKey: 'POST /v1/payments/{paymentId}/attempts',
    pathParameters: { paymentId },
    body: JSON.stringify(content),
  });

async function newPayment(): Promise<PaymentView> {
  const answer = await post(body());
  return paymentViewSchema.parse(JSON.parse(answer.body ?? ''));
}

/** Status and faulty fields of a problem. */
async function problemOf(answer: ReturnType<typeof post>) {
  const { statusCode, headers, body: text } = await answer;
  expect(headers?.['content-type']).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(JSON.parse(text ?? ''));
  expect(problem.status).toBe(statusCode);
  return problem;
}

describe('POST /v1/payments', () => {
  it('answers 201 with the payment and its address, and 200 when it is repeated', async () => {
    const request = body();

    const first = await post(request);
    const second = await post(request);

    const view = paymentViewSchema.parse(JSON.parse(first.body ?? ''));
    expect(first).toMatchObject({ statusCode: 201, headers: { location: `/v1/payments/${view.paymentId}` } });
    expect(view).toMatchObject({ state: 'open', amountVnd: 28_000, receipts: [], attempts: [] });
    expect(second.statusCode).toBe(200);
    expect(JSON.parse(second.body ?? '')).toEqual(view);
  });

  it('shows no payer: the dossier side knows who it is', async () => {
    expect((await post(body())).body).not.toContain('Nguyễn');
  });

  it('takes a name in decomposed Unicode as the same name', async () => {
    const request = body();
    const decomposed = JSON.stringify(request).normalize('NFD');
    await post(request);

    expect((await post(decomposed)).statusCode).toBe(200);
  });

  it('names every faulty field by its pointer', async () => {
    const { status, errors } = await problemOf(
      post(
        body({
          reference: '',
          charges: [
            {
              dossierCode: 'H49-x',
              procedureCode: '1.013978',
              payer: { name: 'A\u202eB', taxCode: '12' },
              feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000.5 }],
            },
          ],
          surprise: true,
        }),
      ),
    );

    expect(status).toBe(422);
    expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
      '',
      '/charges/0/dossierCode',
      '/charges/0/feeLines/0/amountVnd',
      '/charges/0/payer/name',
      '/charges/0/payer/taxCode',
      '/reference',
    ]);
  });

  const paidBy = (name: string) => {
    const request = body();
    return { ...request, charges: request.charges.map((charge) => ({ ...charge, payer: { name } })) };
  };

  it.each([
    ['of 401 letters', 'Ễ'.repeat(401), /400/],
    ['with a control character', 'Nguyễn\u0007An', /control characters or invisible marks/],
    ['with a mark that turns the writing direction', 'Nguyễn\u202eAn', /control characters or invisible marks/],
    ['with a mark of right-to-left writing', 'Nguyễn\u200fAn', /control characters or invisible marks/],
    ['with an emoji', 'Nguyễn An 🙂', /U\+1F642/],
  ])('refuses a payer’s name %s, before any money is taken for it', async (_, name, why) => {
    const { status, type, errors } = await problemOf(post(paidBy(name)));

    expect({ status, type, errors }).toEqual({
      status: 422,
      type: expect.stringMatching(/\/faulty-fields$/),
      errors: [{ pointer: '/charges/0/payer/name', detail: expect.stringMatching(why) }],
    });
  });

  it.each(['Ễ'.repeat(400), `<&>"' ]]> &amp; <!-- --> <?x?>`])('takes the payer’s name %j as it is', async (name) => {
    expect((await post(paidBy(name))).statusCode).toBe(201);
  });

  it.each([
    ['a form', 'reference=1&charges=2', 400, 'not-json'],
    ['an empty body', '', 400, 'not-json'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 400, 'not-utf-8'],
    ['a repeated key', '{"reference":"a","reference":"a"}', 400, 'repeated-key'],
    ['a list', '[]', 422, 'faulty-fields'],
    ['null', 'null', 422, 'faulty-fields'],
    ['prototype names', '{"__proto__":{"reference":"x"},"constructor":1}', 422, 'faulty-fields'],
    ['more than 64 KiB', JSON.stringify({ reference: 'x'.repeat(70_000) }), 413, 'body-too-large'],
  ] as const)('refuses %s with a reason', async (_what, content, status, code) => {
    const problem = await problemOf(post(content));

    expect(problem).toMatchObject({ status, type: expect.stringMatching(new RegExp(`/${code}$`)) });
    expect(problem.detail.length).toBeGreaterThan(20);
  });

  it.each([
    ['a field of 10 000 characters', { payer: { name: 'x'.repeat(10_000) } }, '/charges/0/payer/name'],
    [
      'an amount beyond 2^53',
      { feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 2 ** 53 + 2 }] },
      '/charges/0/feeLines/0/amountVnd',
    ],
    [
      'a negative amount',
      { feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: -28_000 }] },
      '/charges/0/feeLines/0/amountVnd',
    ],
    [
      'an amount as text',
      { feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: '28000' }] },
      '/charges/0/feeLines/0/amountVnd',
    ],
    [
      'a unit named like a prototype',
      { feeLines: [{ unitCode: 'constructor', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }] },
      '/charges/0/feeLines/0/unitCode',
    ],
  ])('refuses %s', async (_what, changes, pointer) => {
    const request = body();
    const charges = request.charges.map((charge) => ({ ...charge, ...changes }));

    const { status, errors } = await problemOf(post({ ...request, charges }));

    expect(status).toBe(422);
    expect(errors?.map((fault) => fault.pointer)).toContain(pointer);
  });

  it('answers 409 to another body under the same reference, and to a debt that is claimed', async () => {
    const first = body();
    await post(first);
    const { charges } = first;

    const conflict = await problemOf(post({ ...body(), reference: first.reference }));
    const claimed = await problemOf(post(body({ charges })));

    expect(conflict).toMatchObject({ status: 409, type: expect.stringContaining('reference-conflict') });
    expect(claimed).toMatchObject({ status: 409, instance: expect.stringMatching(/^\/v1\/payments\/\d{14}$/) });
  });
});

describe('GET /v1/payments/{paymentId}', () => {
  it('shows the payment to the client that made it', async () => {
    const created = await newPayment();

    expect(JSON.parse((await get(created.paymentId)).body ?? '')).toEqual(created);
  });

  it('is 404 alike for another client, an unknown id and one with a mistyped digit', async () => {
    const { paymentId } = await newPayment();
    const mistyped = paymentId.slice(0, 13) + String((Number(paymentId[13]) + 1) % 10);

    const answers = [
      await problemOf(get(paymentId, { claims: { client_id: 'another-system' } })),
      await problemOf(get('10000000000003')),
      await problemOf(get(mistyped)),
      await problemOf(get('__proto__')),
    ];

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });
});

describe('POST /v1/payments/{paymentId}/attempts', () => {
  it('opens an attempt at the account of the collecting unit and returns the address', async () => {
    const { paymentId } = await newPayment();

    const answer = await attempt(paymentId, { gateway: 'vnpay', clientIp: '203.0.113.7' });

    expect(answer.statusCode).toBe(201);
    const view = attemptViewSchema.parse(JSON.parse(answer.body ?? ''));
    expect(view).toMatchObject({ attempt: '01', gateway: 'vnpay', merchant: 'vpdkdd', outcome: 'started' });
    expect(new URL(view.redirectUrl ?? '').searchParams.get('vnp_TmnCode')).toBe('BIENLAI2');
    expect((await attempt(paymentId, { gateway: 'vnpay', clientIp: '203.0.113.7' })).statusCode).toBe(200);
  });

  it.each([
    [{ gateway: 'viettel', clientIp: '203.0.113.7' }, 422],
    [{ gateway: 'vnpay', clientIp: 'localhost' }, 422],
    [{ gateway: 'vnpay', clientIp: '203.0.113.7', returnUrl: 'javascript:alert(1)' }, 422],
  ])('refuses %j', async (content, status) => {
    const { paymentId } = await newPayment();

    expect((await problemOf(attempt(paymentId, content))).status).toBe(status);
  });
});

describe('what does not come as it should', () => {
  it.each([undefined, 'wrong', 'test-only-origin-secre'])('is refused when the edge’s secret is %s', async (secret) => {
    const headers = { 'x-origin-secret': secret ?? '' };

    expect((await problemOf(post(body(), { headers }))).status).toBe(403);
  });

  it('is a bare 500 when the token names no client, without saying more', async () => {
    const problem = await problemOf(post(body(), { claims: { sub: 'somebody' } }));

    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain('client_id');
  });
});
