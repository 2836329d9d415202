import type { Instant } from '#schemas/ids.ts';
import type { ReceiptContent, ReceiptKind, ReceiptLine, ReplacedReceipt } from '#schemas/receipt.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { nameCharacter } from '#shared/domain/printable-text.ts';
import { findUnwritableField } from '#shared/domain/writable-text.ts';
import { group, leaf, UnwritableText } from './xml-writer.ts';

/** TLKThu: what a receipt's lines are. */
export const kindCodes: Readonly<Record<ReceiptKind, string>> = { phi: '1', 'le-phi': '2' };

/** Field of TTKhac that names the gateway; the schema knows an element for the bank only. */
export const gatewayField = 'Cổng thanh toán';

/** The slot that the signature of the collecting organisation fills. */
export const signatureSlot = '<DSCKS><TCThu></TCThu></DSCKS>';

/**
 * A receipt as XML `BLai` 1.0 (schemas/receipt-xml/blai-1.0.xsd), not signed yet. This file and read-receipt-xml.ts are
 * the only ones that know the names of its elements, so that an official schema can take the place of ours. The same
 * content gives the same bytes: UTF-8, Unicode NFC, no white space between elements, what is empty left out.
 * @throws UnwritableText naming the receipt, the field and the character that an XML file never carries
 */
export function renderReceiptXml(content: ReceiptContent): string {
  refuseUnwritable(content);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<BLai><DLBLai Id="data">${generalOf(content)}${contentOf(content)}${extensionOf(content)}</DLBLai>` +
    `${leaf('DLQRCode', content.lookupUrl)}${signatureSlot}</BLai>`
  );
}

function refuseUnwritable(content: ReceiptContent): void {
  const { series, number } = content;
  const found = findUnwritableField(content);
  if (found === undefined) return;
  throw new UnwritableText(
    `receipt ${series} ${number} cannot be written: ${found.place} holds ${nameCharacter(found.character)}, which no XML ` +
      'file of ours carries. Was the text taken in without the check of schemas/text.ts? A person must correct it.',
  );
}

/** `2026-11-22T09:15:30`, by the clock in Vietnam and without an offset (QĐ 1271/QĐ-CT). */
export function xmlTimeOf(instant: Instant): string {
  return vietnamTimeOf(instant).replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6');
}

function generalOf(content: ReceiptContent): string {
  return group(
    'TTChung',
    leaf('PBan', '1.0'),
    leaf('TBLai', 'Biên lai thu phí, lệ phí điện tử'),
    leaf('KHMSBLai', content.template),
    leaf('KHBLai', content.series),
    leaf('SBLai', content.number),
    leaf('NLap', content.issuedOn),
    leaf('DVTTe', 'VND'),
    leaf('HTTToan', content.method),
    leaf('MTCuu', content.lookupCode),
    leaf('MHSo', content.dossierCode),
    leaf('MTTHC', content.procedureCode),
    content.replaces === undefined ? '' : relatedOf(content.replaces),
  );
}

function relatedOf({ template, series, number, issuedOn, reason }: ReplacedReceipt): string {
  return group(
    'TTBLLQuan',
    leaf('TCBLai', '1'),
    leaf('KHMSBLCLQuan', template),
    leaf('KHBLCLQuan', series),
    leaf('SBLCLQuan', number),
    leaf('NLBLCLQuan', issuedOn),
    leaf('GChu', reason),
  );
}

function contentOf(content: ReceiptContent): string {
  const { collector, payer, lines, totalVnd } = content;
  return group(
    'NDBLai',
    delegatorOf(collector),
    group(
      'TCThu',
      leaf('Ten', collector.name),
      leaf('MST', collector.taxCode),
      leaf('DChi', collector.address),
      leaf('SDThoai', collector.phone),
      leaf('STKNHang', collector.account),
      leaf('TNHang', collector.bank),
      leaf('MDDinhDanh', collector.agencyCode),
    ),
    group('NNop', leaf('Ten', payer.name), leaf('MST', payer.taxCode), leaf('DChi', payer.address)),
    group('DSKThu', ...lines.map((line) => lineOf(line, content.kind))),
    group('TToan', leaf('TgTien', totalVnd), leaf('TgTTTBSo', totalVnd), leaf('TgTTTBChu', content.totalInWords)),
    group(
      'TTGDich',
      leaf('MTChieu', content.paymentId),
      leaf('MGDich', content.transactionId),
      leaf('TDGDich', xmlTimeOf(content.paidAt)),
    ),
  );
}

function delegatorOf({ delegator }: ReceiptContent['collector']): string {
  if (delegator === undefined) return '';
  return group('TCUNhiem', leaf('Ten', delegator.name), leaf('MST', delegator.taxCode));
}

function lineOf(line: ReceiptLine, kind: ReceiptKind): string {
  return group(
    'KThu',
    leaf('STT', line.ordinal),
    leaf('TLKThu', kindCodes[kind]),
    leaf('MKThu', line.feeCode),
    leaf('Ten', line.name),
    leaf('NDKTe', line.budgetCode),
    leaf('DVTinh', line.unit),
    leaf('SLuong', line.quantity),
    leaf('DGia', line.unitPriceVnd),
    leaf('TTien', line.amountVnd),
  );
}

function extensionOf({ gateway }: ReceiptContent): string {
  const field = group('TTin', leaf('TTruong', gatewayField), leaf('KDLieu', 'string'), leaf('DLieu', gateway));
  return group('TTKhac', field);
}
