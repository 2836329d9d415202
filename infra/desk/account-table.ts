import type { Stage } from '#config/stage.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import type { AccountReport } from './examine-accounts.ts';
import { textTable } from './text-table.ts';

/** The report for people: one line of each account, then what is too long for a line. */
export function renderAccounts(
  reports: readonly AccountReport[],
  { stage, secretPlace }: { readonly stage: Stage; readonly secretPlace: string },
): string {
  const faulty = reports.filter(({ faults }) => faults.length > 0);
  return [
    `Tài khoản ở các cổng thanh toán, giai đoạn ${stage} (merchant accounts). Khóa đọc từ ${secretPlace}.`,
    '',
    textTable([header, englishHeader, ...reports.map(rowOf)]),
    '',
    ...reports.flatMap((report) => [...detailsOf(report), '']),
    faulty.length === 0
      ? `Tự kiểm: ${reports.length} tài khoản, không có lỗi (self-test: no fault).`
      : `Tự kiểm: ${faulty.length} trong ${reports.length} tài khoản có lỗi (self-test: faults above). ${advice}`,
  ].join('\n');
}

const advice =
  'Khi khởi động, các hàm chỉ kiểm tra danh sách tài khoản; cấu hình và khóa của từng cổng chỉ được kiểm tra khi có ' +
  'giao dịch đầu tiên, nên hãy sửa hết lỗi ở trên trước khi triển khai (functions check the list at their start, but ' +
  "a gateway's settings and secrets with the first message only: mend all of this before you deploy).";

const header = [
  'CỔNG',
  'TÀI KHOẢN',
  'MẶC ĐỊNH',
  'ĐƠN VỊ',
  'GỌI LẠI',
  'HỎI',
  'HOÀN',
  'XÁC MINH TRÊN',
  'KHÓA',
  'TỰ KIỂM',
];
const englishHeader = [
  'gateway',
  'account',
  'default',
  'units',
  'callback',
  'query',
  'refund',
  'confirm above',
  'secrets',
  'self-test',
];

function rowOf({ gateway, merchant, default: isDefault, units, can, liveSecrets, faults }: AccountReport): string[] {
  return [
    gateway,
    merchant,
    yesOrNo(isDefault),
    units.join(', ') || '–',
    ...wordsFor(can),
    liveSecrets === 2 ? '2 (đang đổi)' : String(liveSecrets),
    faults.length === 0 ? 'đạt' : `${faults.length} lỗi`,
  ];
}

function wordsFor(can: AccountReport['can']): string[] {
  if (can === undefined) return ['–', '–', '–', '–'];
  const { seal, query, refund, confirmAboveVnd } = can;
  return [
    seal === undefined ? '–' : seals[seal],
    yesOrNo(query),
    yesOrNo(refund),
    confirmAboveVnd === undefined ? '–' : formatVnd(confirmAboveVnd),
  ];
}

/** How a callback proves itself. */
const seals = { content: 'ký nội dung', sender: 'chỉ có khóa' } as const;

function yesOrNo(yes: boolean): string {
  return yes ? 'có' : 'không';
}

function detailsOf(report: AccountReport): readonly string[] {
  const { gateway, merchant, label, callbackUrl, addresses, sourceAddresses, faults } = report;
  return [
    `${gateway}/${merchant} · ${label}`,
    `  địa chỉ gọi lại (callback address): ${callbackUrl}`,
    ...Object.entries(addresses).map(([name, address]) => `  ${name}: ${address}`),
    `  gọi từ (source addresses): ${sourceAddresses.join(', ') || 'không công bố'}`,
    ...faults.map((fault) => `  LỖI: ${fault}`),
  ];
}
