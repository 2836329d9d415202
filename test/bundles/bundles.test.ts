import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { openAttempt } from '#functions/start-payment/open-attempt.ts';
import { writeStatement } from '#infra/local/bank/statement-file.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { businessDateSchema, instantSchema, type PaymentId } from '#schemas/ids.ts';
import { makeDayBook } from '#shared/adapters/day-book.ts';
import { bankDayOf } from '#shared/domain/bank-days.ts';
import { ledgerExportKeyOf } from '#shared/domain/ledger-export.ts';
import { statementKeyOf } from '#shared/domain/statement-key.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { bundleEntry, type FunctionBundle, handlerEntries, nameOf } from '#test/support/bundles.ts';
import { type ChaseScene, makeChaseScene } from '#test/support/chase-scene.ts';
import { devSecrets, functionEnvironment } from '#test/support/function-environment.ts';
import { startGatewayHost } from '#test/support/gateway-host.ts';
import { type HttpCall, httpEventOf } from '#test/support/http-calls.ts';
import { faultOfStart, invokeBundle } from '#test/support/invoke-bundle.ts';
import { momoCallback } from '#test/support/momo-messages.ts';
import { signedFacts, withReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';
import {
  anAttemptRequest,
  aPaymentRequest,
  callingClient,
  makePaymentScene,
  type PaymentScene,
} from '#test/support/payment-scene.ts';
import { approver, clerk, staffEvent } from '#test/support/staff-calls.ts';
import { vnpayCallback } from '#test/support/vnpay-messages.ts';

const [vnpaySecret] = devSecrets.vnpay.ttpvhcc;
const [momoSecret] = devSecrets.momo.ttpvhcc;
if (vnpaySecret === undefined || momoSecret === undefined) throw new Error('no secrets');

const folder = mkdtempSync(join(tmpdir(), 'bien-lai-bundles-'));
const bundles = new Map<string, FunctionBundle>();
let scene: ChaseScene;
let paying: PaymentScene;
beforeAll(async () => {
  for (const entry of handlerEntries) {
    const bundle = bundleEntry(entry, folder);
    bundles.set(bundle.name, bundle);
  }
  scene = await makeChaseScene();
  paying = await makePaymentScene(scene.table);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await scene.engine.stop();
});

function bundleOf(name: string): FunctionBundle {
  const bundle = bundles.get(name);
  if (bundle === undefined) throw new Error(`no function ${name}`);
  return bundle;
}

/** Invokes the bundle of a function on the engines of the scene. */
function invoke(name: string, event: unknown, variables: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { table, engine, dynamoEndpoint } = scene;
  const bundle = bundleOf(name);
  const environment = functionEnvironment({
    TABLE_NAME: table.name,
    RECEIPTS_BUCKET: engine.bucketName,
    EVIDENCE_BUCKET: engine.bucketName,
    DOSSIER_QUEUE_URL: engine.queueUrl,
    FONTS_DIR: join(dirname(bundle.index), 'fonts'),
    AWS_ENDPOINT_URL_DYNAMODB: dynamoEndpoint,
    AWS_ENDPOINT_URL_SQS: engine.endpoint,
    AWS_ENDPOINT_URL_S3: engine.endpoint,
    ...variables,
  });
  return invokeBundle(bundle, environment, event);
}

const callback = (gateway: string, call: Partial<HttpCall>) =>
  httpEventOf({
    method: 'GET',
    routeKey: 'ANY /callbacks/{gateway}/{merchant}',
    pathParameters: { gateway, merchant: 'ttpvhcc' },
    ...call,
  });

const answerSchema = z.object({ body: z.string() });
const bodyOf = (answer: unknown): unknown => JSON.parse(answerSchema.parse(answer).body);

/** What the stream says of a payment that was paid. */
function paidOnStream(paymentId: PaymentId) {
  const image = (state: string) => ({ entity: { S: 'payment' }, paymentId: { S: paymentId }, state: { S: state } });
  return { Records: [{ dynamodb: { SequenceNumber: '1', OldImage: image('open'), NewImage: image('paid') } }] };
}

/**
 * The documents of a payment's only receipt: signed, and printed with our fonts and none of PDF's own, which no bundle
 * holds.
 */
async function expectSigned(paymentId: PaymentId): Promise<void> {
  const [receipt] = (await scene.record(paymentId)).receipts;
  expect(receipt?.state).toBe('signed');
  expect(Buffer.from(await scene.archivedBytes(receipt?.xml?.key ?? '')).toString()).toContain('<SignatureValue>');
  const page = Buffer.from(await scene.archivedBytes(receipt?.pdf?.key ?? '')).toString('latin1');
  expect(page.slice(0, 5)).toBe('%PDF-');
  expect(page).toContain('BeVietnamPro');
  expect(page).not.toMatch(/\/BaseFont \/(Helvetica|Times|Courier)/);
}

/** Numbered already, since the host's clock decides which series is open. */
const numberedPayment = (number: number, change: object = {}) =>
  scene.put(withReceipts(aPaidRecord([{}], change), {}, { number, lookupCode: drawLookupCode() }));

describe('the bundle, alone in a fresh process,', () => {
  it('of accept-callback settles a payment', async () => {
    const { paymentId, gatewayRef } = await paying.openPayment();
    const { tmnCode, hashSecret } = vnpaySecret;
    const fields = { vnp_TxnRef: gatewayRef, vnp_Amount: '2800000', vnp_TmnCode: tmnCode };
    const target = `/callbacks/vnpay/ttpvhcc?${vnpayCallback(fields, hashSecret)}`;

    const answer = await invoke('accept-callback', callback('vnpay', { target }));

    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('"RspCode":"00"') });
    expect((await scene.record(paymentId)).payment.state).toBe('paid');
  });

  it('of accept-callback brings what it needs for a callback that is too long for the item', async () => {
    const created = await createPayment(aPaymentRequest(), callingClient, paying.paying);
    if (!('record' in created)) throw new Error(created.kind);
    const { paymentId } = created.record.payment;
    await openAttempt(paymentId, callingClient, anAttemptRequest({ gateway: 'momo' }), paying.paying);
    const { partnerCode } = momoSecret;
    const message = 'Thành công. '.repeat(1_000);
    const body = momoCallback({ orderId: `${paymentId}01`, amount: 28_000, partnerCode, message }, momoSecret);

    const answer = await invoke('accept-callback', callback('momo', { method: 'POST', body }));

    expect(answer).toMatchObject({ statusCode: 204 });
    const { archivedAs = '' } = (await scene.record(paymentId)).payment.settlement?.evidence ?? {};
    expect(Buffer.from(await scene.archivedBytes(archivedAs)).toString()).toBe(body);
  });

  it('of accept-callback brings what it needs to ask about a callback that nothing proves', async () => {
    const { gatewayRef } = await paying.openPayment();
    const fields = { vnp_TxnRef: gatewayRef, vnp_Amount: '2800000', vnp_TmnCode: vnpaySecret.tmnCode };
    const target = `/callbacks/vnpay/ttpvhcc?${vnpayCallback(fields, 'a guess')}`;
    const host = await startGatewayHost();

    const answer = await invoke('accept-callback', callback('vnpay', { target }), {
      MERCHANT_SETTINGS_BASE_URL: host.url,
    });

    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('"RspCode":"97"') });
    expect(host.requests()).toBe(1);
    await host.stop();
  });

  it('of issue-receipt signs and prints a receipt, and that of start-payment shows it with its address', async () => {
    const paymentId = await numberedPayment(1);

    expect(await invoke('issue-receipt', paidOnStream(paymentId))).toEqual({ batchItemFailures: [] });

    await expectSigned(paymentId);
    const read = httpEventOf({
      method: 'GET',
      routeKey: 'GET /v1/payments/{paymentId}',
      pathParameters: { paymentId },
      claims: { client_id: callingClient },
    });
    expect(await invoke('start-payment', read)).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('X-Amz-Signature='),
    });
  });

  it('of confirm-dossier tells the dossier system', async () => {
    const paymentId = await scene.put(aPaidRecord());

    expect(await invoke('confirm-dossier', paidOnStream(paymentId))).toEqual({ batchItemFailures: [] });

    expect((await scene.drainQueue()).map(({ type, data }) => [type, data.paymentId])).toEqual([
      [eventTypes.paymentPaid, paymentId],
    ]);
  });

  it('of chase-payments signs, prints and tells what is overdue', async () => {
    const paymentId = await numberedPayment(2, { dueAt: '2026-01-01T00:00:00.000Z' });

    expect(await invoke('chase-payments', {})).toBeNull();

    await expectSigned(paymentId);
    const told = (await scene.drainQueue()).filter(({ data }) => data.paymentId === paymentId);
    expect(told.map(({ type }) => type)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('of correct-receipt brings what it needs to make a notice', async () => {
    const record = withReceipts(aPaidRecord(), signedFacts, { number: 3, lookupCode: drawLookupCode() });
    const paymentId = await scene.put(record);
    const ofCorrection = { paymentId, correctionId: 'saiten0001' };
    const receipt = { series: '26TAA', number: 3 };
    const facts = { receipt, way: 'notice', wrong: ['payer-name'], reason: 'Sai tên người nộp' };

    const path = '/v1/finance/corrections';

    await invoke('correct-receipt', staffEvent(clerk, 'POST', path, { ...ofCorrection, ...facts }));
    const approval = staffEvent(approver, 'POST', `${path}/${paymentId}/saiten0001/approval`);

    expect(bodyOf(await invoke('correct-receipt', approval))).toMatchObject({
      state: 'approved',
      notice: { key: expect.any(String) },
    });
  });

  it('of reconcile-day compares a statement with the ledger by DuckDB, and puts on record what it finds', async () => {
    const address = { gateway: 'vnpay', merchant: 'ttpvhcc', day: businessDateSchema.parse('2026-11-21') };
    const key = statementKeyOf({ ...address, name: 'sao-ke.txt' });
    const entry = {
      reference: 'khong-ro',
      transactionId: '14000099',
      at: instantSchema.parse('2026-11-21T02:00:00.000Z'),
    };
    const facts = { amountVnd: 28_000, kind: 'payment', status: 'success', bankCode: '' } as const;
    const text = writeStatement('vnpay', address.day, [{ ...entry, ...facts }]);
    const { engine, table } = scene;
    await engine.s3.send(new PutObjectCommand({ Bucket: engine.bucketName, Key: key, Body: text }));

    const event = { source: 'aws.s3', detail: { bucket: { name: engine.bucketName }, object: { key } } };
    const buckets = { STATEMENTS_BUCKET: engine.bucketName, EVIDENCE_BUCKET: engine.bucketName };
    expect(await invoke('reconcile-day', event, buckets)).toBeNull();

    const { day, exceptions } = await makeDayBook(table).readRecord(address);
    expect(day).toMatchObject({ file: { name: 'sao-ke.txt', rows: 1 }, latest: { number: 1 } });
    expect(exceptions.map((one) => [one.class, one.state])).toEqual([['THIEU_NOI_BO', 'open']]);
    const file = await scene.archivedBytes(ledgerExportKeyOf(address));
    expect(Buffer.from(file).subarray(0, 4).toString()).toBe('PAR1');
  });

  it('of reconcile-day takes a bank’s camt.053, whose parser comes with the first of them', async () => {
    const address = bankDayOf('999000000022', businessDateSchema.parse('2026-11-21'));
    const key = statementKeyOf({ ...address, name: 'sao-ke.xml' });
    const body = readFileSync(new URL('../fixtures/statements/bank.camt053.xml', import.meta.url));
    const { engine, table } = scene;
    await engine.s3.send(new PutObjectCommand({ Bucket: engine.bucketName, Key: key, Body: body }));

    const event = { source: 'aws.s3', detail: { bucket: { name: engine.bucketName }, object: { key } } };
    expect(await invoke('reconcile-day', event, { STATEMENTS_BUCKET: engine.bucketName })).toBeNull();

    const { day, refusals } = await makeDayBook(table).readRecord(address);
    expect(refusals).toEqual([]);
    expect(day).toMatchObject({ file: { name: 'sao-ke.xml', rows: 2 } });
  });

  it('of reconcile-day looks which statements are missing', async () => {
    expect(await invoke('reconcile-day', { look: 'missing-statements' })).toBeNull();
  });

  it('of refund-payment brings what it needs to order a refund', async () => {
    const paymentId = await scene.put(aPaidRecord());
    const host = await startGatewayHost();
    const refund = { paymentId, refundId: 'tuchoi0001', amountVnd: 28_000, reason: 'TU_CHOI' };
    const path = '/v1/finance/refunds';

    await invoke('refund-payment', staffEvent(clerk, 'POST', path, refund));
    const approval = staffEvent(approver, 'POST', `${path}/${paymentId}/tuchoi0001/approval`);
    const answer = await invoke('refund-payment', approval, { MERCHANT_SETTINGS_BASE_URL: host.url });

    expect(bodyOf(answer)).toMatchObject({ state: 'requested' });
    expect(host.requests()).toBe(1);
    await host.stop();
  });

  it('of finance-desk packs a report, and signs the address of a receipt', async () => {
    const paymentId = await scene.put(
      withReceipts(aPaidRecord(), signedFacts, { number: 4, lookupCode: drawLookupCode() }),
    );
    const report = '/v1/finance/reports/day?taxCode=5709990022&date=2026-11-22&format=xlsx';

    const found = await invoke('finance-desk', staffEvent(clerk, 'GET', `/v1/finance/payments/${paymentId}`));

    expect(bodyOf(found)).toMatchObject({ receipts: [{ pdf: { url: expect.stringContaining('X-Amz-Signature=') } }] });
    expect(await invoke('finance-desk', staffEvent(clerk, 'GET', report))).toMatchObject({
      statusCode: 200,
      body: expect.stringMatching(/^UEsD/),
    });
  });

  it('of verify-receipt shows a receipt, and brings what it needs to verify a file', async () => {
    const paymentId = await numberedPayment(3);
    const code = (await scene.record(paymentId)).receipts[0]?.content.lookupCode ?? '';
    const lookup = { method: 'GET', routeKey: 'GET /r/{code}', pathParameters: { code } };
    const upload = {
      method: 'POST',
      routeKey: 'POST /verify',
      body: '<BLai/>',
      headers: { 'content-type': 'text/xml' },
    };

    expect(await invoke('verify-receipt', httpEventOf(lookup))).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('Biên lai chờ ký số'),
    });
    const answer = await invoke('verify-receipt', httpEventOf(upload));

    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('V1 · Không đạt') });
  });

  it.each(handlerEntries.map(nameOf))('of %s says in words what is wrong with its environment', async (name) => {
    const fault = await faultOfStart(bundleOf(name), functionEnvironment({ STAGE: 'nowhere' }));

    expect(fault).toContain('STAGE: Invalid option: expected one of "dev"|"prod"');
  });
});

/**
 * What each function may weigh, in kB: all of its code, and what it loads when it starts. It stands a twentieth above what
 * was measured; a function that grows beyond it starts slower for a reason that somebody should know.
 */
const budgets = {
  'accept-callback': { all: 1_059, atStart: 376 },
  'chase-payments': { all: 3_010, atStart: 2_006 },
  'confirm-dossier': { all: 479, atStart: 366 },
  'correct-receipt': { all: 760, atStart: 666 },
  'finance-desk': { all: 2_300, atStart: 545 },
  'issue-receipt': { all: 2_353, atStart: 1_907 },
  'reconcile-day': { all: 4_776, atStart: 2_012 },
  'refund-payment': { all: 595, atStart: 402 },
  'start-payment': { all: 1_177, atStart: 501 },
  'verify-receipt': { all: 1_999, atStart: 354 },
} as const;

describe('the weight of bundles', () => {
  it('is bounded for every function', () => {
    expect(Object.keys(budgets)).toEqual([...bundles.keys()]);
  });

  it.each(Object.entries(budgets))('of %s stays within its budget', (name, { all, atStart }) => {
    const { bytes, bytesAtStart } = bundleOf(name);
    expect(bytes / 1_000).toBeLessThan(all);
    expect(bytesAtStart / 1_000).toBeLessThan(atStart);
  });

  it('of a callback’s cold start holds no S3, no gateway and no way to ask one, no page, no printing and no tracing', () => {
    const rare =
      /client-s3|gateways\/[^/]+\/gateway\.ts|gateway-client|ask-gateway|-page\.ts|pdfkit|fontkit|powertools\/(tracer|metrics)/;
    expect(bundleOf('accept-callback').sourcesAtStart.filter((source) => rare.test(source))).toEqual([]);
  });

  it('holds what signs where receipts are issued and nowhere else, and a kind of key only once it is opened', () => {
    const signers = [...bundles.values()].filter(({ sources }) => sources.some((source) => /xml-crypto/.test(source)));
    expect(signers.map(({ name }) => name)).toEqual(['chase-payments', 'issue-receipt', 'reconcile-day']);
    for (const { sources, sourcesAtStart } of bundles.values()) {
      const keys = /node-forge|client-kms|(pem|pkcs12|kms|remote)-signer/;
      expect(sourcesAtStart.filter((source) => keys.test(source))).toEqual([]);
      if (!sources.some((source) => source.includes('xml-crypto'))) {
        expect(sources.filter((source) => keys.test(source))).toEqual([]);
      }
    }
  });

  it('of a look-up’s cold start holds no parser of XML and no certificates, and no other function holds a parser', () => {
    expect(
      bundleOf('verify-receipt').sourcesAtStart.filter((source) => /libxml2|asn1js|shared\/signing/.test(source)),
    ).toEqual([]);
    for (const name of ['accept-callback', 'start-payment', 'confirm-dossier', 'refund-payment']) {
      expect(bundleOf(name).sources.filter((source) => source.includes('libxml2'))).toEqual([]);
    }
  });

  it.each(handlerEntries.map(nameOf))('of %s holds zod/mini with one language, and nothing else of zod', (name) => {
    const ofZod = bundleOf(name).sources.filter((source) => source.includes('node_modules/zod/'));
    expect(ofZod).toContainEqual(expect.stringMatching(/zod\/v4\/mini\/schemas\.js$/));
    expect(ofZod.filter((source) => !/zod\/v4\/(mini|core)\/|zod\/v4\/locales\/en\.js$/.test(source))).toEqual([]);
  });
});
