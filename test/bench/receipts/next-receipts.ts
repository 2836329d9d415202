import type { ReceiptContent } from '#schemas/receipt.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ'];
const middles = ['Thị', 'Văn', 'Hữu', 'Đức', 'Ngọc', 'Thuỳ', 'Quốc', 'Minh', 'Thanh', 'Xuân', 'Kim'];
const givens = ['Ánh', 'Bình', 'Chiến', 'Dũng', 'Giang', 'Hạnh', 'Khánh', 'Lượng', 'Nghĩa', 'Phượng', 'Quỳnh', 'Tuyết'];

let made = 0;

/**
 * Receipts that were never drawn before and differ as they do in life: each has a number, references, a look-up code and
 * an address of its own; names are new, the words in them mostly not.
 */
export function nextReceipts(count: 1): readonly [ReceiptContent];
export function nextReceipts(count: number): readonly ReceiptContent[];
export function nextReceipts(count: number): readonly ReceiptContent[] {
  return Array.from({ length: count }, nextReceipt);
}

function nextReceipt(): ReceiptContent {
  made += 1;
  const pick = (words: readonly string[], step: number) => words[Math.floor(made / step) % words.length];
  const lookupCode = `7KQ2${String(made)
    .padStart(8, '2')
    .replaceAll(/[01]/g, (digit) => 'XY'.charAt(Number(digit)))}`;
  return aReceiptContent({
    number: made,
    payer: {
      name: `${pick(families, 1)} ${pick(middles, 2)} ${pick(givens, 3)}`,
      address: `Số ${made * 7} tổ ${made % 97}, khu ${made % 11}, phường Hồng Gai, tỉnh Quảng Ninh`,
    },
    transactionId: String(14_422_574 + made * 7_919),
    dossierCode: `H49.14-261122-${String(made).padStart(5, '0')}`,
    lookupCode,
    lookupUrl: `https://bienlai.example.vn/r/${lookupCode}`,
  });
}
