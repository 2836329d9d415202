import type { UsageHead, UsageRow } from '#shared/domain/receipt-usage.ts';
import { group, leaf } from '../xml-writer.ts';

/**
 * BC26/BLĐT as XML. The frame, `NLap` and the rows are those that the tax authority's viewer reads (receipt spec
 * §10.3); the rest of `TTChung` is named as in the summary of invoices (QĐ 1450/QĐ-TCT), since no public schema of
 * this report has it. Not signed. The same report gives the same bytes.
 */
export function renderUsageXml(head: UsageHead, rows: readonly UsageRow[]): string {
  const [year, ordinal] = head.quarter.split('-Q');
  const general = group(
    'TTChung',
    leaf('PBan', '1.0'),
    leaf('MSo', 'BC26/BLĐT'),
    leaf('Ten', 'Báo cáo tình hình sử dụng biên lai thu thuế, phí, lệ phí'),
    leaf('LKDLieu', 'Q'),
    leaf('KDLieu', `0${ordinal}/${year}`),
    leaf('TNNT', head.collector),
    leaf('MST', head.taxCode),
    leaf('NLap', head.madeOn),
  );
  const used = rows.map((row) =>
    group(
      'DLieu',
      leaf('TLoai', row.typeCode),
      leaf('KHMCTu', row.template),
      leaf('KHCTu', row.series),
      leaf('SLuong', row.used),
      leaf('TgTien', row.amountVnd),
    ),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?><BCTHSDBLai><DLBCTHSDBLai Id="data">' +
    `${general}${group('NDBCTHSDBLai', ...used)}</DLBCTHSDBLai></BCTHSDBLai>`
  );
}
