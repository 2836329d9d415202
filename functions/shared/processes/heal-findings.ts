import type { PaymentId } from '#schemas/ids.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { NamedFinding } from '#shared/domain/exception.ts';
import type { AttemptAsking, HeardNews } from '#shared/domain/heard-news.ts';
import { attemptOf } from '#shared/domain/ledger-rows.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { ProcessAnswer, ReceiptIssuing } from '#shared/domain/ports.ts';
import type { MerchantAccountName } from '#shared/domain/statement.ts';
import { explain } from './answer-to-error.ts';
import { inParallel } from './in-parallel.ts';

export interface HealingNeeds {
  /** Read consistently. */
  readonly readRecord: (paymentId: PaymentId) => Promise<PaymentRecord | undefined>;
  readonly askAttempt: AttemptAsking;
  readonly issueReceipts: ReceiptIssuing;
  /** Until the function is stopped from outside. */
  readonly remainingMilliseconds: () => number;
  readonly logNews: LogNews;
}

/** A finding with when the statement has it. */
export interface HealableFinding extends NamedFinding {
  readonly paidAt: PaymentNotice['paidAt'];
}

/** What came of trying to mend a finding. */
export interface Treatment {
  readonly of: NamedFinding;
  /** Vietnamese, for whoever reads the exception. */
  readonly note: string;
  /** The ledger is no longer what it was: the day is to be compared again. */
  readonly isHealed: boolean;
  /** The ledger has money that the gateway denies: nobody waits for another file. */
  readonly isUrgent?: boolean;
}

/** A gateway is asked in parallel as a citizen's browser would ask it, not as an attack. */
const questionsAtOnce = 5;
/** Enough to compare the day once more and to record it. */
const reserveMilliseconds = 120_000;
/** Few enough for one numbering, and to be finished within the reserve. */
const receiptsAtOnce = 50;

/**
 * Mends what can be mended without a person: money that the gateway has and we do not, or not so, is asked about and taken
 * by the same transition as a callback; receipts that are lacking are issued. Doing it again changes nothing. What is
 * left when time is short stands, and is tried by the next run of the day.
 */
export async function healFindings(
  account: MerchantAccountName,
  findings: readonly HealableFinding[],
  needs: HealingNeeds,
): Promise<readonly Treatment[]> {
  const treatments: Treatment[] = [];
  await inParallel(findings.filter(isAskable), questionsAtOnce, async (finding) => {
    if (needs.remainingMilliseconds() > reserveMilliseconds) treatments.push(await askAbout(account, finding, needs));
  });
  const unreceipted = findings.filter(({ finding }) => finding.class === 'THIEU_BIEN_LAI');
  for (let first = 0; first < unreceipted.length; first += receiptsAtOnce) {
    if (needs.remainingMilliseconds() < reserveMilliseconds) break;
    treatments.push(...(await issueFor(unreceipted.slice(first, first + receiptsAtOnce), needs)));
  }
  for (const { of, isHealed } of treatments) {
    const { exceptionId, finding } = of;
    needs.logNews(isHealed ? 'FINDING_HEALED' : 'FINDING_STANDS', { exceptionId, class: finding.class });
  }
  return treatments;
}

/**
 * Success at the gateway and none in the ledger, or the other way round: the gateway's own word decides. Of money that
 * only we have it says whether the statement or the ledger errs, and changes nothing.
 */
function isAskable({ finding }: NamedFinding): boolean {
  return ['THIEU_NOI_BO', 'LECH_TRANG_THAI', 'THIEU_DOI_TAC'].includes(finding.class);
}

async function askAbout(account: MerchantAccountName, found: HealableFinding, needs: HealingNeeds): Promise<Treatment> {
  try {
    const { paymentId, reference } = found.finding;
    const record = paymentId === undefined ? undefined : await needs.readRecord(paymentId);
    const attempt = record === undefined ? undefined : attemptOf(record.payment, account, reference ?? '');
    if (record === undefined || attempt === undefined) return { of: found, note: notes.noAttempt, isHealed: false };
    const heard = await needs.askAttempt(record.payment, attempt[0], toldBy(account, found));
    return { of: found, ...(await conclude(found, record, heard, needs)) };
  } catch (error) {
    return { of: found, note: `${notes.broken} ${explain(error)}`, isHealed: false };
  }
}

/** The statement tells when the money was paid, which not every answer does: by it the money's day is decided. */
function toldBy(account: MerchantAccountName, { finding, paidAt }: HealableFinding): PaymentNotice | undefined {
  const { statement, reference, transactionId } = finding;
  if (statement?.status !== 'success') return undefined;
  const { amountVnd } = statement;
  return { ...account, orderRef: reference, transactionId, amountVnd, result: 'paid', resultCode: '', paidAt };
}

/** The stream would issue the receipt too; done here, the day can be compared anew at once. */
async function conclude(
  { finding }: HealableFinding,
  record: PaymentRecord,
  heard: readonly HeardNews[],
  { issueReceipts }: HealingNeeds,
): Promise<Omit<Treatment, 'of'>> {
  if (finding.class === 'THIEU_DOI_TAC') return { ...answerAboutOurs(finding, record, heard), isHealed: false };
  const outcomes = heard.map(({ outcome }) => outcome);
  if (outcomes.includes('paid')) {
    await issueReceipts([record.payment.paymentId]);
    return { note: notes.settled, isHealed: true };
  }
  const isPaid = outcomes.includes('duplicate') || outcomes.includes('amount_mismatch');
  if (isPaid && finding.ledger?.state === 'paid') return { note: notes.statementErrs, isHealed: false };
  if (isPaid) return { note: notes.kept, isHealed: true };
  if (outcomes.includes('failed')) {
    if (finding.statement?.status === 'success') return { note: notes.denied, isHealed: false };
    return { note: notes.ledgerErrs, isHealed: false, isUrgent: true };
  }
  return { note: outcomes.length > 0 ? notes.undecided : notes.silent, isHealed: false };
}

/** What the gateway says of money that stands in our books and not on its statement. */
function answerAboutOurs(
  { transactionId }: NamedFinding['finding'],
  { payment: { settlement }, money }: PaymentRecord,
  heard: readonly HeardNews[],
): Pick<Treatment, 'note' | 'isUrgent'> {
  const ours = [settlement, ...money].find((one) => one?.transactionId === transactionId);
  const word = heard.find(({ identity }) => identity === ours?.identity)?.outcome;
  if (word === 'duplicate' || word === 'amount_mismatch') return { note: notes.statementLacks };
  const outcomes = heard.map(({ outcome }) => outcome);
  if (outcomes.includes('duplicate') || outcomes.includes('amount_mismatch')) return { note: notes.otherMoney };
  if (outcomes.includes('failed') || outcomes.includes('voided')) return { note: notes.oursDenied, isUrgent: true };
  return { note: heard.length > 0 ? notes.undecided : notes.silent };
}

async function issueFor(findings: readonly HealableFinding[], needs: HealingNeeds): Promise<readonly Treatment[]> {
  const paymentIds = findings.flatMap(({ finding }) => finding.paymentId ?? []);
  for (const paymentId of paymentIds) needs.logNews('RECEIPT_WAS_MISSING', { paymentId });
  const answers = await issueOrExplain(paymentIds, needs);
  return findings.map((of) => {
    const { paymentId } = of.finding;
    const answer = paymentId === undefined ? undefined : answers.get(paymentId);
    if (answer?.kind === 'done') return { of, note: notes.issued, isHealed: true };
    return { of, note: `${notes.notIssued} ${answer?.why ?? notes.noAttempt}`, isHealed: false };
  });
}

async function issueOrExplain(
  paymentIds: readonly PaymentId[],
  { issueReceipts }: HealingNeeds,
): Promise<ReadonlyMap<PaymentId, ProcessAnswer>> {
  try {
    return await issueReceipts(paymentIds);
  } catch (error) {
    const answer: ProcessAnswer = { kind: 'later', why: explain(error) };
    return new Map(paymentIds.map((paymentId) => [paymentId, answer]));
  }
}

const notes = {
  settled: 'Đã hỏi cổng: cổng xác nhận đã thu tiền; khoản nộp đã được ghi nhận.',
  kept: 'Đã hỏi cổng: tiền có thật, đã ghi nhận, nhưng không dùng để tất toán khoản nộp này.',
  denied: 'Đã hỏi cổng: cổng trả lời là không thành công, trái với sao kê. Đề nghị cổng xác nhận bằng văn bản.',
  statementErrs: 'Đã hỏi cổng: cổng xác nhận đã thu tiền, đúng như sổ. Sao kê ghi sai: đề nghị cổng gửi sao kê sửa.',
  ledgerErrs: 'Đã hỏi cổng: cổng trả lời là không thành công, đúng như sao kê mà trái với sổ. Cần người xác minh ngay.',
  statementLacks: 'Đã hỏi cổng: cổng xác nhận đã thu khoản này. Sao kê ghi thiếu: đề nghị cổng gửi sao kê sửa.',
  otherMoney: 'Đã hỏi cổng: cổng chỉ xác nhận một khoản thu khác của yêu cầu này. Cần người đối chiếu mã giao dịch.',
  oursDenied:
    'Đã hỏi cổng: cổng trả lời là không thu khoản này, trái với sổ; tiền trong sổ giữ nguyên. Cần người xác minh ngay.',
  undecided: 'Đã hỏi cổng: giao dịch chưa có kết quả cuối cùng. Lần đối soát sau sẽ hỏi lại.',
  silent: 'Đã hỏi cổng nhưng chưa có câu trả lời chắc chắn. Lần đối soát sau sẽ hỏi lại.',
  noAttempt: 'Không có lần thanh toán nào mang mã tham chiếu này, nên không hỏi được cổng: cần người tra cứu.',
  broken: 'Không hỏi được cổng:',
  issued: 'Biên lai còn thiếu đã được lập.',
  notIssued: 'Chưa lập được biên lai:',
} as const;
