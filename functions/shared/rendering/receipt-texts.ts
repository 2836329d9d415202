import type { ReceiptContent, ReceiptLine } from '#schemas/receipt.ts';
import { formatReceiptNumber, receiptRulesOn } from '#shared/domain/rule-profile.ts';
import {
  formatDay,
  formatSigningTime,
  formatVietnamTime,
  formatVnd,
  spellOutDate,
} from '#shared/domain/vietnamese-format.ts';

/** One labelled fact on the page. */
export interface Field {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
}

/** Cells of a fee line in the order of the table's columns. */
export type TableRow = readonly [
  ordinal: string,
  name: string,
  unit: string,
  quantity: string,
  price: string,
  amount: string,
];

/** Everything that a receipt says, as it is printed. */
export interface ReceiptTexts {
  readonly title: string;
  readonly symbols: readonly Field[];
  readonly date: string;
  /** Which receipt this one replaces, if any. */
  readonly replacement: readonly Field[];
  readonly collector: readonly Field[];
  readonly payer: readonly Field[];
  readonly tableHead: TableRow;
  readonly tableRows: readonly TableRow[];
  readonly tableSum: TableRow;
  readonly totals: readonly Field[];
  readonly payment: readonly Field[];
  readonly lookup: { readonly heading: string; readonly code: Field; readonly url: string };
  readonly signature: { readonly heading: string; readonly note: string; readonly state: readonly string[] };
  /** Names the receipt at the foot of each page. */
  readonly identity: string;
}

/**
 * The contents that NĐ 254/2026 art. 23 demands, in the order of reference form 01/PLPĐT (TT 91/2026 annex V), then the
 * payment's references, which art. 23 allows beside them.
 */
export function textsOf(content: ReceiptContent, { signed }: { readonly signed: boolean }): ReceiptTexts {
  const number = formatReceiptNumber(content.number, content.profile);
  return {
    title: 'BIÊN LAI THU PHÍ, LỆ PHÍ ĐIỆN TỬ',
    symbols: [
      { label: 'Mẫu số', value: content.template },
      { label: 'Ký hiệu', value: content.series },
      { label: 'Số', value: number, strong: true },
    ],
    date: spellOutDate(content.issuedOn),
    replacement: replacementFields(content),
    collector: collectorFields(content.collector),
    payer: payerFields(content.payer),
    tableHead: ['STT', 'Tên khoản thu', 'ĐVT', 'SL', 'Đơn giá', 'Thành tiền'],
    tableRows: content.lines.map(tableRowOf),
    tableSum: ['', 'Cộng', '', '', '', formatVnd(content.totalVnd)],
    totals: [
      { label: 'Số tiền', value: formatVnd(content.totalVnd), strong: true },
      { label: 'Số tiền viết bằng chữ', value: content.totalInWords, strong: true },
      { label: 'Hình thức thanh toán', value: content.method },
    ],
    payment: paymentFields(content),
    lookup: {
      heading: 'Tra cứu biên lai',
      code: { label: 'Mã tra cứu', value: content.lookupCode },
      url: content.lookupUrl,
    },
    signature: { heading: 'TỔ CHỨC THU', note: '(chữ ký số)', state: signed ? signedBy(content) : ['Chưa ký số'] },
    identity: `Biên lai ${content.template} · ${content.series} · ${number}`,
  };
}

/** Until it is signed, the page must not look as if it were. */
function signedBy({ collector, signingTime }: ReceiptContent): readonly string[] {
  return [`Ký bởi: ${collector.name}`, `Ký ngày: ${formatSigningTime(signingTime)}`];
}

function replacementFields({ replaces }: ReceiptContent): readonly Field[] {
  if (replaces === undefined) return [];
  const { template, series, number, issuedOn, reason } = replaces;
  const shown = formatReceiptNumber(number, receiptRulesOn(issuedOn).profile);
  const value = `mẫu số ${template}, ký hiệu ${series}, số ${shown}, ngày ${formatDay(issuedOn)}. Lý do: ${reason}`;
  return [{ label: 'Thay thế biên lai', value }];
}

function collectorFields(collector: ReceiptContent['collector']): readonly Field[] {
  const { delegator, name, taxCode, address, phone, account, bank } = collector;
  return [
    ...optionalField('Tổ chức ủy nhiệm thu', delegator && `${delegator.name}, mã số thuế ${delegator.taxCode}`),
    { label: 'Tên tổ chức thu', value: name, strong: true },
    { label: 'Mã số thuế', value: taxCode },
    { label: 'Địa chỉ', value: address },
    ...optionalField('Điện thoại', phone),
    ...optionalField('Số tài khoản', account !== undefined && bank !== undefined ? `${account} – ${bank}` : account),
  ];
}

function payerFields({ name, taxCode, address }: ReceiptContent['payer']): readonly Field[] {
  return [
    { label: 'Tên người nộp', value: name, strong: true },
    ...optionalField('Mã số thuế', taxCode),
    ...optionalField('Địa chỉ', address),
  ];
}

function paymentFields(content: ReceiptContent): readonly Field[] {
  return [
    { label: 'Mã hồ sơ', value: content.dossierCode },
    { label: 'Mã thủ tục hành chính', value: content.procedureCode },
    { label: 'Mã thanh toán', value: content.paymentId },
    gatewayField(content),
    { label: 'Thời gian thanh toán', value: `${formatVietnamTime(content.paidAt)} (giờ Việt Nam)` },
  ];
}

function gatewayField({ gateway, transactionId }: ReceiptContent): Field {
  const name = gateway.toUpperCase();
  return transactionId === null
    ? { label: 'Cổng thanh toán', value: name }
    : { label: 'Mã giao dịch cổng', value: `${transactionId} (${name})` };
}

function tableRowOf(line: ReceiptLine): TableRow {
  const price = line.unitPriceVnd === undefined ? '' : formatVnd(line.unitPriceVnd);
  return [String(line.ordinal), line.name, line.unit ?? '', String(line.quantity), price, formatVnd(line.amountVnd)];
}

function optionalField(label: string, value: string | undefined): readonly Field[] {
  return value === undefined || value === '' ? [] : [{ label, value }];
}
