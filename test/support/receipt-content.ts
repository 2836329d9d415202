import { type ReceiptContent, receiptContentSchema } from '#schemas/receipt.ts';
import { amountInWords } from '#shared/domain/amount-in-words.ts';

const usualLine = {
  feeCode: 'QN-006',
  name: 'Lệ phí chứng nhận đăng ký biến động về đất đai (tại phường)',
  budgetCode: '2805',
  unit: 'lần',
  quantity: 1,
};

/** A receipt of one fee of the land registration office, parsed by the production schema; `change` replaces fields. */
export function aReceiptContent(
  change: object = {},
  lines: readonly object[] = [{ unitPriceVnd: 28_000, amountVnd: 28_000 }],
): ReceiptContent {
  const drafts = lines.map((line, index) => ({ ...usualLine, amountVnd: 28_000, ...line, ordinal: index + 1 }));
  const totalVnd = drafts.reduce((sum, { amountVnd }) => sum + amountVnd, 0);
  return receiptContentSchema.parse({
    profile: 'P3',
    template: 'EBL01',
    series: '26TAA',
    number: 123,
    issuedOn: '2026-11-22',
    kind: 'le-phi',
    collector: {
      unitCode: 'vpdkdd',
      name: 'Văn phòng Đăng ký đất đai tỉnh Quảng Ninh',
      taxCode: '5709990011',
      address: 'Số 1 đường Thử Nghiệm, phường Hồng Gai, tỉnh Quảng Ninh',
      phone: '0203 000 0011',
      account: '9990 0000 0011',
      bank: 'Ngân hàng Thử Nghiệm, chi nhánh Quảng Ninh',
      agencyCode: 'H49.14',
    },
    payer: { name: 'Nguyễn Thị Ánh Tuyết', address: 'Tổ 5, khu 2, phường Hồng Gai, tỉnh Quảng Ninh' },
    lines: drafts,
    totalVnd,
    totalInWords: amountInWords(totalVnd),
    method: 'Thanh toán trực tuyến',
    paymentId: '48620391751101',
    gateway: 'vnpay',
    transactionId: '14422574',
    paidAt: '2026-11-22T02:15:30.000Z',
    dossierCode: 'H49.14-261122-0001',
    procedureCode: '1.013831',
    lookupCode: '7KQ2M9XWPD4T',
    lookupUrl: 'https://bienlai.example.vn/tra-cuu/7KQ2M9XWPD4T',
    signingTime: '2026-11-22T02:15:41.000Z',
    rendererVersion: '3',
    ...change,
  });
}
