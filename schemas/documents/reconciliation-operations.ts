import { type FinanceOperation, get, pageQuery, post } from './finance-operation.ts';

const exception = '/v1/finance/exceptions/{exceptionId}';
const day = '/v1/finance/days/{gateway}/{merchant}/{day}';
const month = '/v1/finance/months/{month}';

const closing = (path: string, noun: string, answer: string, proposal: string) => [
  post(`${path}/close`, {
    id: `propose${noun}Close`,
    summary: 'Đề nghị khóa sổ (propose the close)',
    action: 'close:propose',
    body: proposal,
    answer,
    refuses: 'e.g. `no-file`, `unassigned`, `unbalanced`',
    mayBeUnknown: true,
  }),
  post(`${path}/close/approval`, {
    id: `approve${noun}Close`,
    summary: 'Duyệt khóa sổ (approve the close)',
    action: 'close:approve',
    body: 'CloseApproval',
    answer,
    refuses: 'e.g. `outdated`, `not-proposed`',
    mayBeUnknown: true,
  }),
  post(`${path}/close/rejection`, {
    id: `reject${noun}Close`,
    summary: 'Từ chối khóa sổ (reject the close)',
    action: 'close:reject',
    body: 'CloseRejection',
    answer,
    refuses: '`wrong-state`',
    mayBeUnknown: true,
  }),
  post(`${path}/close/reopening`, {
    id: `reopen${noun}`,
    summary: 'Mở lại sổ: luôn bị từ chối (reopening: always refused)',
    action: 'close:approve',
    body: 'CloseNote',
    answer,
    refuses: '`reopening`',
    mayBeUnknown: true,
  }),
];

/** Exceptions, days and months. */
export const reconciliationOperations: readonly FinanceOperation[] = [
  get('/v1/finance/exceptions', {
    id: 'listExceptions',
    summary: 'Ngoại lệ đối soát (exceptions)',
    action: 'exception:read',
    query: ['gateway', 'merchant', 'class', 'owner', 'state', 'day', 'isOverdue', 'fromAgeDays', ...pageQuery],
    answer: 'ExceptionPage',
  }),
  get(exception, {
    id: 'findException',
    summary: 'Một ngoại lệ, với mọi bước (an exception with its trail)',
    action: 'exception:read',
    answer: 'Exception',
    mayBeUnknown: true,
  }),
  post(`${exception}/acts`, {
    id: 'workOnException',
    summary: 'Nhận, ghi chú, đề nghị, báo cấp trên (assign, note, propose, escalate)',
    action: 'exception:work',
    body: 'ExceptionWork',
    answer: 'Exception',
    refuses: 'e.g. `changed`, `closed`',
    mayBeUnknown: true,
  }),
  post(`${exception}/approval`, {
    id: 'approveException',
    summary: 'Duyệt cách xử lý (approve its end)',
    action: 'exception:approve',
    body: 'ExceptionApproval',
    answer: 'Exception',
    refuses: 'e.g. `changed`, `closed`',
    mayBeUnknown: true,
  }),
  post(`${exception}/rejection`, {
    id: 'rejectException',
    summary: 'Từ chối cách xử lý (reject its end)',
    action: 'exception:reject',
    body: 'ExceptionRejection',
    answer: 'Exception',
    refuses: 'e.g. `changed`, `closed`',
    mayBeUnknown: true,
  }),
  get('/v1/finance/days', {
    id: 'listDays',
    summary: 'Các ngày đối soát (days of accounts)',
    action: 'day:read',
    query: ['from!', 'to!', 'gateway', 'merchant', 'state', ...pageQuery],
    answer: 'DayPage',
    refuses: '`too-many-days`',
  }),
  get(day, {
    id: 'findDay',
    summary: 'Một ngày: tệp, lần đối soát, cân đối, khóa sổ (a day with files, runs, proof and close)',
    action: 'day:read',
    answer: 'Day',
    mayBeUnknown: true,
  }),
  get(`${day}/proof`, {
    id: 'printProof',
    summary:
      'Bảng cân đối ngày: PDF, đã ký số khi ngày đã khóa sổ (the balance as a page, signed once the day is closed)',
    action: 'report:read',
    query: ['format'],
    files: ['application/pdf', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    mayBeUnknown: true,
  }),
  get(`${day}/ledger`, {
    id: 'findLedgerExport',
    summary: 'Sổ của ngày cho người phân tích, tệp Parquet (the ledger of the day for analysts)',
    action: 'report:read',
    answer: 'LedgerExport',
    mayBeUnknown: true,
  }),
  post(`${day}/statements`, {
    id: 'announceStatement',
    summary:
      'Xin nơi gửi tệp sao kê; của ngân hàng: gateway là bank, merchant là số tài khoản thu (where a statement may be put; a bank’s: gateway bank, the account number as merchant)',
    action: 'statement:upload',
    body: 'StatementUploadRequest',
    answer: 'StatementUpload',
    refuses: '`day-ahead`',
    mayBeUnknown: true,
  }),
  ...closing(day, 'Day', 'Day', 'DayCloseProposal'),
  get(month, { id: 'findMonth', summary: 'Một tháng (a month)', action: 'day:read', answer: 'MonthClose' }),
  ...closing(month, 'Month', 'MonthClose', 'CloseNote'),
];
