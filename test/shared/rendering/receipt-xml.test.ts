import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { blai10Xsd } from '#schemas/generated/blai-1.0-xsd.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import type { ReceiptContent, ReplacedReceipt } from '#schemas/receipt.ts';
import { readReceiptXml } from '#shared/rendering/read-receipt-xml.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { withXmlFile } from '#shared/signing/xml-file.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

const replaces: ReplacedReceipt = {
  template: 'EBL01',
  series: '26TAA',
  number: 98,
  issuedOn: businessDateSchema.parse('2026-11-20'),
  reason: 'Sai số tiền',
};

/** The facts as a verifier reads them, or what the schema says against them. */
function readBack(xml: string) {
  const read = withXmlFile(new TextEncoder().encode(xml), (file) => file.faultOfSchema() ?? readReceiptXml(file.root));
  if (!read.ok) throw new Error(read.fault.detail);
  if (typeof read.result === 'string') throw new Error(read.result);
  return read.result;
}

function named(name: string): ReceiptContent {
  return aReceiptContent({ payer: { name } });
}

describe('the XML of a receipt', () => {
  it('has the elements of BLai 1.0 in their order, with nothing between them', () => {
    const xml = renderReceiptXml({ ...aReceiptContent(), replaces });
    const names = [...xml.matchAll(/<([A-Za-z]+)[ >]/g)].map(([, name]) => name).join(' ');
    expect(names).toBe(
      'BLai DLBLai ' +
        'TTChung PBan TBLai KHMSBLai KHBLai SBLai NLap DVTTe HTTToan MTCuu MHSo MTTHC ' +
        'TTBLLQuan TCBLai KHMSBLCLQuan KHBLCLQuan SBLCLQuan NLBLCLQuan GChu ' +
        'NDBLai TCThu Ten MST DChi SDThoai STKNHang TNHang MDDinhDanh NNop Ten DChi ' +
        'DSKThu KThu STT TLKThu MKThu Ten NDKTe DVTinh SLuong DGia TTien ' +
        'TToan TgTien TgTTTBSo TgTTTBChu TTGDich MTChieu MGDich TDGDich ' +
        'TTKhac TTin TTruong KDLieu DLieu DLQRCode DSCKS TCThu',
    );
    expect(xml).not.toMatch(/>\s+</);
  });

  it('begins with its encoding and says the facts in the forms of QĐ 1271/QĐ-CT', () => {
    const xml = renderReceiptXml(aReceiptContent());
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?><BLai><DLBLai Id="data"><TTChung>')).toBe(true);
    for (const part of [
      '<SBLai>123</SBLai><NLap>2026-11-22</NLap>',
      '<TgTTTBSo>28000</TgTTTBSo><TgTTTBChu>Hai mươi tám nghìn đồng</TgTTTBChu>',
      '<TDGDich>2026-11-22T09:15:30</TDGDich>',
      '<TLKThu>2</TLKThu>',
      '</DLBLai><DLQRCode>https://bienlai.example.vn/tra-cuu/7KQ2M9XWPD4T</DLQRCode>',
    ]) {
      expect(xml).toContain(part);
    }
  });

  it('gives the same bytes for the same content', () => {
    expect(renderReceiptXml(aReceiptContent())).toBe(renderReceiptXml(aReceiptContent()));
  });

  it('leaves out what is empty', () => {
    const { collector } = aReceiptContent();
    const bare = {
      unitCode: collector.unitCode,
      name: collector.name,
      taxCode: collector.taxCode,
      address: collector.address,
    };
    const xml = renderReceiptXml(aReceiptContent({ collector: bare, payer: { name: 'A' }, transactionId: null }));
    expect(xml).not.toMatch(/SDThoai|STKNHang|TNHang|MDDinhDanh|MGDich|TTBLLQuan|<(\w+)><\/(?!TCThu)/);
    expect(readBack(xml).payment?.transactionId).toBeUndefined();
  });

  it('is read back as it was written', () => {
    const content = aReceiptContent({
      kind: 'phi',
      payer: { name: 'Trần Văn Ất', taxCode: '001099012345', address: 'Hạ Long' },
    });
    const facts = readBack(renderReceiptXml({ ...content, replaces }));
    expect(facts).toMatchObject({
      template: content.template,
      series: content.series,
      number: content.number,
      issuedOn: content.issuedOn,
      method: content.method,
      lookupCode: content.lookupCode,
      dossierCode: content.dossierCode,
      procedureCode: content.procedureCode,
      replaces,
      payer: content.payer,
      sumVnd: content.totalVnd,
      totalVnd: content.totalVnd,
      totalInWords: content.totalInWords,
      lookupUrl: content.lookupUrl,
      payment: { reference: content.paymentId, transactionId: content.transactionId, gateway: content.gateway },
    });
    expect(facts.collector).toMatchObject({ name: content.collector.name, taxCode: content.collector.taxCode });
    expect(facts.lines).toEqual([
      {
        ordinal: 1,
        kind: 'phi',
        feeCode: 'QN-006',
        budgetCode: '2805',
        unit: 'lần',
        name: content.lines[0]?.name,
        quantity: 1,
        unitPriceVnd: 28_000,
        amountVnd: 28_000,
      },
    ]);
  });

  it('holds a hundred lines', () => {
    const lines = Array.from({ length: 100 }, (_, index) => ({ name: `Khoản ${index + 1}`, amountVnd: 1_000 + index }));
    const facts = readBack(renderReceiptXml(aReceiptContent({}, lines)));
    expect(facts.lines.map(({ name, amountVnd }) => ({ name, amountVnd }))).toEqual(lines);
  });
});

describe('an ugly name in the XML of a receipt', () => {
  it.each([
    ['the characters of XML itself', `<&>"' ]]> &amp; <!-- --> <?x?>`],
    ['emoji', 'Nguyễn Văn 🙂 Tuyết 𝔘'],
    ['400 letters', 'Ễ'.repeat(400)],
    ['letters of other scripts', '山田 Шевченко ไทย'],
  ])('survives: %s', (_, name) => {
    expect(readBack(renderReceiptXml(named(name))).payer.name).toBe(name);
  });

  it('is composed: the letters and their marks become one', () => {
    const decomposed = 'Nguyễn Thị Ánh Tuyết'.normalize('NFD');
    expect(renderReceiptXml(named(decomposed))).toBe(renderReceiptXml(named('Nguyễn Thị Ánh Tuyết')));
  });

  it.each([
    ['a null', '\u0000'],
    ['an escape', '\u001b'],
    ['a line feed', '\n'],
    ['a carriage return, which no signature survives', '\r'],
    ['a control character of the second block', '\u0085'],
    ['a mark that turns the writing direction', '\u202e'],
    ['a mark of right-to-left writing', '\u200f'],
    ['a joiner that nobody sees', '\u200d'],
    ['a line separator', '\u2028'],
    ['half a surrogate pair', '\ud83d'],
    ['a non-character', '\uffff'],
  ])('is refused by name when it holds %s', (_, character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    expect(() => renderReceiptXml(named(`Nguyễn${character}Tuyết`))).toThrow(
      expect.objectContaining({
        name: 'UnwritableText',
        message: expect.stringMatching(
          new RegExp(`^receipt 26TAA 123 cannot be written: payer.name holds .*U\\+${code}`, 's'),
        ),
      }),
    );
  });
});

describe('the schema of receipts', () => {
  it('is bundled as it stands in its file', () => {
    expect(blai10Xsd).toBe(readFileSync(new URL('../../../schemas/receipt-xml/blai-1.0.xsd', import.meta.url), 'utf8'));
  });
});
