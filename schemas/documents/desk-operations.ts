import { type FinanceOperation, get, post } from './finance-operation.ts';

const ofReport = ['taxCode', 'series', 'template', 'separator', 'table'];
const sheets = ['text/csv; charset=utf-8', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];

/** Who is signed in, look-ups, series and reports. */
export const deskOperations: readonly FinanceOperation[] = [
  get('/v1/finance/me', {
    id: 'readSignedIn',
    summary: 'Người đang đăng nhập (who is signed in)',
    action: 'me:read',
    answer: 'SignedIn',
  }),
  get('/v1/finance/configuration', {
    id: 'readConfiguration',
    summary: 'Cấu hình (configuration)',
    action: 'configuration:read',
    answer: 'Configuration',
  }),
  get('/v1/finance/payments/{paymentId}', {
    id: 'findPayment',
    summary: 'Thanh toán theo số (a payment by its number)',
    action: 'payment:read',
    answer: 'FinancePayment',
    mayBeUnknown: true,
  }),
  get('/v1/finance/payments', {
    id: 'findPaymentsOfDossier',
    summary: 'Thanh toán của một hồ sơ (payments of a dossier)',
    action: 'payment:read',
    query: ['dossierCode!'],
    answer: 'FinancePaymentPage',
  }),
  get('/v1/finance/receipts', {
    id: 'findReceipts',
    summary: 'Biên lai theo ký hiệu và số (receipts by what is printed)',
    action: 'receipt:read',
    query: ['series!', 'number!', 'template', 'taxCode'],
    answer: 'FinanceReceiptPage',
  }),
  get('/v1/finance/series', {
    id: 'listSeries',
    summary: 'Ký hiệu biên lai (series of receipts)',
    action: 'series:read',
    answer: 'SeriesList',
  }),
  post('/v1/finance/series/{taxCode}/{series}/closing', {
    id: 'closeSeries',
    summary: 'Đóng hẳn một ký hiệu (close a series for good)',
    action: 'series:close',
    body: 'Rejection',
    answer: 'SeriesClosing',
    refuses: '`try-later`',
    mayBeUnknown: true,
  }),

  get('/v1/finance/reports/register', {
    id: 'makeRegister',
    summary: 'Bảng kê biên lai (register of receipts)',
    action: 'report:read',
    query: [...ofReport, 'from', 'to', 'format'],
    answer: 'ReportDocument',
    files: sheets,
    refuses: '`tax-code-needed`, `report-too-large`',
    mayBeUnknown: true,
  }),
  get('/v1/finance/reports/day', {
    id: 'makeDaySummary',
    summary: 'Bảng tổng hợp 01/TH-BLĐT (summary of a day)',
    action: 'report:read',
    query: [...ofReport, 'date', 'number', 'amendment', 'format'],
    answer: 'ReportDocument',
    files: sheets,
    refuses: '`tax-code-needed`, `report-too-large`',
    mayBeUnknown: true,
  }),
  get('/v1/finance/reports/usage', {
    id: 'makeUsage',
    summary: 'BC26/BLĐT (use of receipts in a quarter)',
    action: 'report:read',
    query: [...ofReport, 'quarter!', 'format'],
    answer: 'ReportDocument',
    files: [...sheets, 'application/xml; charset=utf-8'],
    refuses: '`no-such-report`, `tax-code-needed`',
    mayBeUnknown: true,
  }),
  get('/v1/finance/reports/reconciliation', {
    id: 'makeReconciliationBook',
    summary: 'Sổ đối soát (book of the reconciliation)',
    action: 'report:read',
    query: ['from!', 'to!', 'gateway', 'merchant', 'separator', 'table', 'format'],
    answer: 'ReportDocument',
    files: sheets,
    refuses: '`too-many-days`, `report-too-large`',
  }),
  get('/v1/finance/reports/exceptions', {
    id: 'makeExceptionReport',
    summary: 'Ngoại lệ và tuổi của chúng (exceptions and their ages)',
    action: 'report:read',
    query: ['gateway', 'merchant', 'class', 'owner', 'separator', 'table', 'format'],
    answer: 'ReportDocument',
    files: sheets,
    refuses: '`report-too-large`',
  }),
];
