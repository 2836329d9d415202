import type { ErrorNotice, WrongReceipt } from '#shared/domain/error-notice.ts';
import { hasFaceValue } from '#shared/domain/receipt-usage.ts';
import { group, leaf } from '../xml-writer.ts';

/**
 * Notice 04/SS-CTĐT as XML, with the names that the tax authority's viewer reads (receipt spec §4.1). Not signed; the
 * signature's slot is that of the receipts. The same notice gives the same bytes.
 */
export function renderErrorNoticeXml(notice: ErrorNotice): string {
  const { answersTo, taxOffice, collector, receipts } = notice;
  const parts = [
    leaf('PBan', '1.0'),
    leaf('MSo', '04/SS-CTĐT'),
    leaf('Ten', 'Thông báo chứng từ điện tử đã lập sai'),
    // Loai 1 tells; 2 explains what the tax office asked about, and names its notice.
    leaf('Loai', answersTo === undefined ? '1' : '2'),
    leaf('So', answersTo?.number),
    leaf('NTBCCQT', answersTo?.date),
    leaf('MCQT', taxOffice.code),
    leaf('TCQT', taxOffice.name),
    leaf('TNNT', collector.name),
    leaf('MST', collector.taxCode),
    leaf('DDanh', notice.place),
    leaf('NTBao', notice.madeOn),
    group('DSCTu', ...receipts.map(wrongReceiptOf)),
  ];
  return (
    `<?xml version="1.0" encoding="UTF-8"?><TBao><DLTBao Id="data">${parts.join('')}</DLTBao>` +
    '<DSCKS><TCThu></TCThu></DSCKS></TBao>'
  );
}

function wrongReceiptOf({ template, series, number, issuedOn, reason }: WrongReceipt, index: number): string {
  return group(
    'CTu',
    leaf('STT', index + 1),
    leaf('KHMSCTu', template),
    leaf('KHCTu', series),
    leaf('SCTu', number),
    leaf('NLap', issuedOn),
    leaf('LCTDT', typeCodeOf(template)),
    leaf('LDo', reason),
  );
}

/** LCTDT: 3 and 4 are receipts without and with face value, 6 those of TT 303/2016/TT-BTC. */
function typeCodeOf(template: string): '3' | '4' | '6' {
  if (!template.startsWith('EBL')) return '6';
  return hasFaceValue(template) ? '4' : '3';
}
