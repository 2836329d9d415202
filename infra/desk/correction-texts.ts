import type { CorrectionView } from '#schemas/correction.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import { textTable } from './text-table.ts';

const ways: Readonly<Record<CorrectionView['way'], string>> = {
  notice: 'thông báo 04/SS-CTĐT',
  replacement: 'biên lai thay thế',
};

const states: Readonly<Record<CorrectionView['state'], string>> = {
  proposed: 'chờ duyệt',
  approved: 'đã duyệt',
  rejected: 'đã từ chối',
};

type Identity = Pick<CorrectionView['receipt'], 'template' | 'series' | 'number'>;
const nameOf = ({ template, series, number }: Identity): string => `${template} ${series} số ${number}`;

/** For the terminal: what is needed to find it, without the payer. */
export function correctionsAsText(corrections: readonly CorrectionView[]): string {
  if (corrections.length === 0) return 'Không có đề nghị nào đang chờ duyệt (no proposal waits).';
  const rows = corrections.map((correction) => [
    correction.madeAt.slice(0, 10),
    ways[correction.way],
    nameOf(correction.receipt),
    correction.reason,
    correction.maker,
    correction.paymentId,
    correction.correctionId,
  ]);
  const header = ['NGÀY LẬP', 'CÁCH XỬ LÝ', 'BIÊN LAI SAI', 'LÝ DO', 'NGƯỜI LẬP', 'THANH TOÁN', 'MÃ ĐỀ NGHỊ'];
  return `${textTable([header, ...rows])}\n${corrections.length} đề nghị (proposals)`;
}

/** How a command ended, and what a person does next. */
export function correctionAsText(correction: CorrectionView): string {
  const { correctionId, way, state, receipt } = correction;
  const head = `Đề nghị ${correctionId}, ${ways[way]} cho ${nameOf(receipt)}: ${states[state]} (${state}).`;
  return [head, ...contentLines(correction), ...nextSteps(correction)].join('\n');
}

/** What the checker agrees to. */
function contentLines({ corrected, state }: CorrectionView): readonly string[] {
  if (corrected === undefined || state !== 'proposed') return [];
  const { payer, lines, totalVnd } = corrected;
  return [
    `  Người nộp: ${payer.name}; MST: ${payer.taxCode ?? 'không ghi'}; địa chỉ: ${payer.address ?? 'không ghi'}`,
    ...lines.map(({ ordinal, feeCode, name, quantity, amountVnd }) => {
      return `  ${ordinal}. ${feeCode} ${name}: ${quantity}, ${formatVnd(amountVnd)}`;
    }),
    `  Cộng: ${formatVnd(totalVnd)}`,
  ];
}

function nextSteps({ state, replacement, notice }: CorrectionView): readonly string[] {
  if (state === 'proposed') return ['Tiếp theo: một cán bộ khác duyệt hoặc từ chối (another person decides).'];
  if (replacement !== undefined) {
    return [
      `Biên lai mới: ${nameOf(replacement)}, ngày ${replacement.issuedOn}. Hệ thống sẽ ký và báo hồ sơ trong ít phút (signed and told shortly).`,
    ];
  }
  if (notice === undefined) return [];
  return [
    `Thông báo lập ngày ${notice.madeOn}: ${notice.key} (SHA-256 ${notice.sha256}).`,
    'Tiếp theo: gửi cơ quan thuế và báo người nộp biết (file it with the tax office, tell the payer).',
  ];
}
