import type { GatewayTable } from '#shared/domain/statement-layout.ts';

/** How the cells of a layout become transactions: what every layout of gateways comes down to. */
export interface ReadingPlan {
  readonly amounts: GatewayTable['amounts'];
  readonly times: GatewayTable['times'];
  readonly statuses: GatewayTable['statuses'];
  readonly kinds: GatewayTable['kinds'];
  readonly negativeIsRefund: boolean;
  readonly edgeSeconds: number;
  /** Takes a part of a cell, by role. */
  readonly patterns: Readonly<Record<string, string>>;
  /** Whether cells may be dressed up for a spreadsheet: `="0123"`, `'0123`. */
  readonly isDressed: boolean;
  /** Codes that a `partner` column may hold; without them, any. */
  readonly partnerCodes: readonly string[] | undefined;
}

/** The words that senders of the project layout were told to use, and those that they use. */
const projectStatuses = {
  success: ['00', '0', 'SUCCESS', 'SUCCEEDED', 'THANH_CONG', 'Thành công', 'PAID'],
  failed: ['02', '24', '99', 'FAILED', 'FAIL', 'FAILURE', 'THAT_BAI', 'Thất bại', 'CANCELLED', 'HUY', 'Hủy', 'EXPIRED'],
  pending: ['01', 'PENDING', 'PROCESSING', 'CHO_XU_LY', 'DANG_XU_LY', 'Chờ xử lý', 'Đang xử lý'],
  refund: ['HOAN', 'HOAN_TIEN', 'Hoàn tiền', 'REFUND', 'REFUNDED'],
} as const;

/** The project layout (receipt rules §10.2), whose columns stand where they stand. */
export const projectPlan: ReadingPlan = {
  amounts: { thousands: '', times: 1, currency: [] },
  times: {
    formats: [
      'yyyyMMddHHmmss',
      'yyyy-MM-ddTHH:mm:ssXXX',
      'yyyy-MM-ddTHH:mm:ss.SSSXXX',
      'yyyy-MM-dd HH:mm:ss',
      'yyyy-MM-ddTHH:mm:ss',
      'dd/MM/yyyy HH:mm:ss',
    ],
    offset: '+07:00',
  },
  statuses: {
    success: [...projectStatuses.success],
    failed: [...projectStatuses.failed],
    pending: [...projectStatuses.pending],
    refund: [...projectStatuses.refund],
  },
  kinds: undefined,
  negativeIsRefund: true,
  edgeSeconds: 0,
  patterns: {},
  isDressed: false,
  partnerCodes: undefined,
};

export const projectRoles = ['mark', 'reference', 'transactionId', 'paidAt', 'amount', 'status', 'bankCode'] as const;

export function planOfTable(layout: GatewayTable, partnerCodes: readonly string[] | undefined): ReadingPlan {
  const patterns = Object.entries(layout.columns).flatMap(([role, column]) =>
    column?.pattern === undefined ? [] : [[role, column.pattern] as const],
  );
  return {
    amounts: layout.amounts,
    times: layout.times,
    statuses: layout.statuses,
    kinds: layout.kinds,
    negativeIsRefund: layout.negativeIsRefund,
    edgeSeconds: layout.edgeSeconds,
    patterns: Object.fromEntries(patterns),
    isDressed: true,
    partnerCodes,
  };
}
