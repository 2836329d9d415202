import { deflateSync } from 'node:zlib';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Table } from '#shared/adapters/dynamo.ts';
import { paymentKey } from '#shared/adapters/payment-items.ts';
import { receiptSchema } from '#shared/domain/receipt.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { callHandler, type HttpCall, setHandlerEnvironment } from '#test/support/http-calls.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import {
  formOf,
  type IssuedDraft,
  type IssuedReceipt,
  issueSigned,
  trustAnchorsFile,
} from '#test/support/lookup-scene.ts';
import { makeSignedPage } from '#test/support/signed-pages.ts';
import { alter, makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const withOpenssl = opensslIsPresent() ? describe : describe.skip;

let table: Table;
let signing: SigningScene;
let call: (request: HttpCall) => ReturnType<typeof callHandler>;

const issue = (draft?: IssuedDraft): Promise<IssuedReceipt> => issueSigned(table, signing, draft);
const asBrowser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const asProgram = { accept: 'application/json' };

const lookUp = (code: string, headers: Record<string, string> = asBrowser) =>
  call({ method: 'GET', routeKey: 'GET /r/{code}', target: `/r/${code}`, pathParameters: { code }, headers });
const upload = (body: Uint8Array | string, headers: Record<string, string>) =>
  call({ method: 'POST', routeKey: 'POST /verify', target: '/verify', body, headers });

const verificationSchema = z.object({
  kind: z.string(),
  isGenuine: z.boolean(),
  checks: z.array(z.object({ code: z.string(), outcome: z.string(), says: z.string().optional() })),
  receipt: z.record(z.string(), z.unknown()).optional(),
});

/** Sends a file as a program does, and reads what it is told. */
async function verify(body: Uint8Array | string, type = 'application/octet-stream') {
  const answer = await upload(body, { 'content-type': type, ...asProgram });
  expect(answer.statusCode).toBe(200);
  const verification = verificationSchema.parse(JSON.parse(answer.body ?? ''));
  return {
    ...verification,
    receipt: verification.receipt,
    failed: verification.checks.find(({ outcome }) => outcome === 'failed')?.code,
  };
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

withOpenssl('the public function', () => {
  beforeAll(async () => {
    signing = makeSigningScene();
    const { documentClient, tableName } = await startTestTable();
    table = { client: documentClient, name: tableName };
    setHandlerEnvironment({ TABLE_NAME: tableName, SIGNING_TRUST_ANCHORS_FILE: trustAnchorsFile(signing) });
    const { handler } = await import('#functions/verify-receipt/handler.ts');
    call = (request) => callHandler(handler, request);
  });

  describe('shows whoever has the code', () => {
    it('the receipt with its signature, and of the payer no more than first letters', async () => {
      const { code, receipt } = await issue({ payer: { name: 'Nguyễn Văn Anh', address: 'Số 9 ngõ Kín' } });

      const { statusCode, body = '', headers } = await lookUp(code);

      expect(statusCode).toBe(200);
      for (const shown of [
        'Biên lai đã ký số',
        'EBL01',
        '26TAA',
        '00000001',
        '22/11/2026',
        '28.000\u00a0đ',
        'N***** V** A**',
      ]) {
        expect(body).toContain(shown);
      }
      expect(body).toContain('Tổ chức thu ký ngày 22/11/2026 09:15:41');
      expect(body).toContain(receipt.xml?.sha256);
      const { content } = receipt;
      for (const hidden of [
        'Nguyễn',
        'ngõ Kín',
        content.dossierCode,
        content.paymentId,
        content.collector.account ?? '-',
        content.collector.phone ?? '-',
      ]) {
        expect(body).not.toContain(hidden);
      }
      expect(headers?.['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-.*form-action 'none'$/,
      );
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
    });

    it('the same as JSON, when that is what they would rather have', async () => {
      const { code, receipt } = await issue();

      const { body = '', headers } = await lookUp(code, asProgram);

      expect(headers?.['content-type']).toContain('application/json');
      expect(JSON.parse(body)).toEqual({
        lookupCode: code,
        template: 'EBL01',
        series: '26TAA',
        number: 1,
        issuedOn: '2026-11-22',
        profile: 'P3',
        collector: { name: receipt.content.collector.name, taxCode: '5709990011' },
        payer: 'N***** V** A*',
        amountVnd: 28_000,
        state: 'signed',
        refund: { extent: 'none', refundedVnd: 0, paidVnd: 28_000 },
        signature: { signedAt: '2026-11-22T02:15:41.000Z', xmlSha256: receipt.xml?.sha256 },
      });
    });

    it('that it is not signed yet', async () => {
      const { code } = await issue({ receipt: { state: 'awaiting-signature', xml: undefined } });

      const { body } = await lookUp(code);

      expect(body).toContain('Biên lai chờ ký số');
      expect(body).toContain('Chưa ký số');
    });

    it('which receipt replaced it, and which one it replaces and why', async () => {
      const [code, next] = [drawLookupCode(), drawLookupCode()];
      await issue({
        code,
        receipt: { state: 'replaced' },
        alsoIssued: (receipt) => {
          const replaces = {
            template: 'EBL01',
            series: '26TAA',
            number: 1,
            issuedOn: '2026-11-22',
            reason: 'Sai số tiền',
          };
          const content = { ...receipt.content, number: 7, lookupCode: next, replaces };
          return [receiptSchema.parse({ ...receipt, revision: 1, state: 'signed', content })];
        },
      });

      expect((await lookUp(code)).body).toContain(
        'Đã bị thay thế bởi biên lai mẫu EBL01, ký hiệu 26TAA, số 00000007, ngày 22/11/2026.',
      );
      expect((await lookUp(next)).body).toContain(
        'Thay thế biên lai mẫu EBL01, ký hiệu 26TAA, số 00000001, ngày 22/11/2026: Sai số tiền',
      );
      expect(JSON.parse((await lookUp(code, asProgram)).body ?? '')).toMatchObject({ replacedBy: { number: 7 } });
    });

    it.each([
      [10_000, 'Đã hoàn phí một phần: 10.000\u00a0đ trong 28.000\u00a0đ', 'partial'],
      [28_000, 'Đã hoàn phí: toàn bộ khoản nộp', 'full'],
    ])('that %s đ of its payment were paid back', async (refundedVnd, sentence, extent) => {
      const { code } = await issue({ payment: { refundedVnd } });

      expect((await lookUp(code)).body).toContain(sentence);
      expect(JSON.parse((await lookUp(code, asProgram)).body ?? '')).toMatchObject({
        state: 'signed',
        refund: { extent },
      });
    });

    it('the receipt though its payment was lost by a restore, and that nothing is known of refunds', async () => {
      const { code, receipt, xml } = await issue({ payment: { refundedVnd: 28_000 } });
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: paymentKey(receipt.paymentId) }));

      const { statusCode, body = '' } = await lookUp(code);

      expect(statusCode).toBe(200);
      expect(body).toContain('Biên lai đã ký số');
      expect(body).toContain('Hiện chưa xác định được khoản nộp này đã được hoàn trả hay chưa');
      expect(body).not.toContain('Đã hoàn phí');
      expect(JSON.parse((await lookUp(code, asProgram)).body ?? '')).toMatchObject({
        state: 'signed',
        amountVnd: 28_000,
        refund: { extent: 'unknown' },
      });
      expect(await verify(xml)).toMatchObject({ isGenuine: true, failed: undefined });
    });

    it('the receipt though they copied the code in groups and small letters', async () => {
      const { code } = await issue();

      const copied = ` ${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8).toLowerCase()}`;

      expect((await lookUp(copied)).statusCode).toBe(200);
    });
  });

  describe('answers a code that is none', () => {
    it.each([
      ['of the right form', '7KQ2M9XWPD4T'],
      ['of another form', 'khong-co'],
      ['empty', ''],
      ['a path', '../../etc/passwd'],
      ['a script', '<script>alert(1)</script>'],
      ['endless', '7KQ2M9XWPD4T'.repeat(500)],
      ['a key of the ledger', 'PAY#48620391751101'],
      ['a control character', '\u0000'],
    ])('(%s) with what to check, and does not repeat it', async (_, code) => {
      const { statusCode, body = '' } = await lookUp(code);

      expect(statusCode).toBe(404);
      expect(body).toContain('Mã tra cứu gồm 12 ký tự');
      expect(code.length > 3 && body.includes(code)).toBe(false);
      expect((await lookUp(code, asProgram)).headers?.['content-type']).toContain('application/problem+json');
    });

    it('like any other when it did not come through the edge', async () => {
      const { code } = await issue();

      expect((await lookUp(code, { 'x-origin-secret': 'guess' })).statusCode).toBe(403);
    });
  });

  describe('verifies a file', () => {
    it('from the page: V1 to V9 of a genuine XML, and says whose it is', async () => {
      const { xml } = await issue({ payer: { name: 'Nguyễn Văn Anh' } });
      const page = await call({ method: 'GET', routeKey: 'GET /verify', target: '/verify' });
      expect(page.body).toContain('<form method="post" action="/verify" enctype="multipart/form-data">');
      expect(page.headers?.['content-security-policy']).toContain("form-action 'self'");

      const form = await formOf(['../../bien lai.xml', xml]);
      const { statusCode, body = '' } = await upload(form.body, { ...form.headers, ...asBrowser });

      expect(statusCode).toBe(200);
      expect(body).toContain('<h1>Biên lai hợp lệ</h1>');
      expect(body.match(/· Đạt/g)).toHaveLength(9);
      expect(body).toContain('UID=MST:5709990011');
      expect(body).toContain('N***** V** A**');
      expect(body).not.toContain('Nguyễn');
    });

    it.each(['application/xml', 'text/xml; charset=utf-8', 'application/octet-stream', ''])(
      'sent as a whole body of type %j',
      async (type) => {
        const { xml } = await issue();

        expect(await verify(xml, type)).toMatchObject({ kind: 'xml', isGenuine: true, failed: undefined });
      },
    );

    it('of a page, by the original in it', async () => {
      const { receipt } = await issue();
      const pdf = await makeSignedPage(signing.organisation.signer, receipt.content);

      const verification = await verify(pdf, 'application/pdf');

      expect(verification).toMatchObject({ kind: 'pdf', isGenuine: true, receipt: { number: 1, amountVnd: 28_000 } });
      expect(verification.checks.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 9 }, () => 'passed'));
    });

    it('that was altered, and shows nothing of what it says', async () => {
      const { xml } = await issue();
      const altered = alter(text(xml), '<TTien>28000', '<TTien>29000');

      expect(await verify(altered)).toMatchObject({ isGenuine: false, failed: 'V4', receipt: undefined });
      const { body = '' } = await upload(altered, { 'content-type': 'text/xml', ...asBrowser });
      expect(body).toContain('Biên lai không hợp lệ');
      expect(body).not.toContain('29.000');
    });

    it('that its organisation signed and the register does not hold: V9', async () => {
      expect(await verify(await signing.sign())).toMatchObject({ isGenuine: false, failed: 'V9', receipt: undefined });
    });

    it('that the register holds otherwise, or not signed, or under another number: V9', async () => {
      const other = await issue({
        receipt: { xml: { key: 'a', sha256: 'a'.repeat(64), bytes: 1, archivedAt: '2026-11-22T02:15:42.000Z' } },
      });
      const unsigned = await issue({ receipt: { state: 'awaiting-signature', xml: undefined } });
      const { receipt } = await issue();
      const renumbered = await signing.sign({ content: { ...receipt.content, number: 2 } });

      for (const file of [other.xml, unsigned.xml, renumbered]) {
        expect(await verify(file)).toMatchObject({ isGenuine: false, failed: 'V9' });
      }
    });

    it('and says so when the register cannot be read', async () => {
      const { xml } = await issue({ receipt: { brokenByHand: true } });

      const { body = '' } = await upload(xml, { 'content-type': 'application/xml', ...asBrowser });

      expect(body).toContain('Chữ ký đúng, chưa đối chiếu được với sổ biên lai');
      expect(body).toContain('V9 · Chưa kiểm tra');
    });

    it('that was replaced, and warns', async () => {
      const { xml } = await issue({ receipt: { state: 'replaced' } });

      const { body } = await upload(xml, { 'content-type': 'application/xml', ...asBrowser });

      expect(body).toContain('Biên lai thật, có điều cần lưu ý');
      expect(body).toContain('V9: Biên lai thật, nhưng đã bị thay thế');
    });

    it('whose original was packed to burst', async () => {
      const { receipt } = await issue();
      const pdf = Buffer.from(await makeSignedPage(signing.organisation.signer, receipt.content)).toString('latin1');
      const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024)).toString('latin1');
      const packed = pdf.replace(
        /(\/Subtype \/text#2Fxml\n\/Length )\d+(\n\/Filter \/FlateDecode\n>>\nstream\n)/,
        (_, before: string, after: string) => `${before}${bomb.length}${after}${bomb}`,
      );
      expect(packed).not.toBe(pdf);

      expect(await verify(Buffer.from(packed, 'latin1'))).toMatchObject({ isGenuine: false });
    });

    it.each([
      ['nothing readable', Buffer.from([0, 1, 2, 255]), 'V1'],
      ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "&c;&c;">]><BLai>&b;</BLai>', 'V1'],
      ['a page without a signature', '%PDF-1.7\n<script>alert(1)</script>', 'V3'],
      ['an archive', Buffer.from('504b0304', 'hex'), 'V1'],
      ['deep nesting', '<a>'.repeat(300_000), 'V1'],
      ['two megabytes of tags', `<BLai>${'<x/>'.repeat(500_000)}</BLai>`, 'V1'],
    ])('that is %s', async (_, file, code) => {
      const started = performance.now();

      expect(await verify(file)).toMatchObject({ isGenuine: false, failed: code });

      expect(performance.now() - started).toBeLessThan(3_000);
    });
  });

  describe('refuses an upload', () => {
    it('of more than two megabytes', async () => {
      const file = Buffer.alloc(2 * 1024 * 1024 + 1, ' ');
      const form = await formOf(['a.xml', file]);

      expect((await upload(file, { 'content-type': 'application/xml' })).statusCode).toBe(413);
      expect((await upload(form.body, { ...form.headers, ...asBrowser })).statusCode).toBe(413);
      expect((await upload(Buffer.alloc(5 * 1024 * 1024), { 'content-type': 'application/xml' })).statusCode).toBe(413);
    });

    it.each(['application/x-www-form-urlencoded', 'text/html', 'image/png', 'application/json'])(
      'of type %s',
      async (type) => {
        expect((await upload('file=a', { 'content-type': type })).statusCode).toBe(415);
      },
    );

    it('with several files, none, or an empty one, and says so above the form', async () => {
      const forms = [await formOf(['a.xml', '<a/>'], ['b.xml', '<b/>']), await formOf(), await formOf(['', ''])];

      const answers = await Promise.all(forms.map(({ body, headers }) => upload(body, { ...headers, ...asBrowser })));

      expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400]);
      expect(answers[0]?.body).toContain('Mỗi lần chỉ kiểm tra một tệp.');
      expect(answers[1]?.body).toContain('Chưa có tệp nào được chọn.');
      expect(answers[0]?.body).toContain('<form method="post"');
      expect((await upload('', { 'content-type': 'application/xml' })).statusCode).toBe(400);
    });

    it.each([
      ['no boundary', 'multipart/form-data', 'x'],
      ['a boundary that does not come', 'multipart/form-data; boundary=a', 'x'],
      ['an endless boundary', `multipart/form-data; boundary=${'a'.repeat(5_000)}`, 'x'],
      [
        'no end',
        'multipart/form-data; boundary=a',
        '--a\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n<a',
      ],
      ['half a million parts', 'multipart/form-data; boundary=a', '--a\r\n'.repeat(400_000)],
    ])('in a form with %s', async (_, type, body) => {
      const answer = await upload(body, { 'content-type': type, ...asProgram });

      expect(answer.statusCode).toBe(400);
      expect(JSON.parse(answer.body ?? '')).toMatchObject({
        type: expect.stringMatching(/unreadable-form$|not-one-file$/),
      });
    });
  });
});
