import { type ExceptionClass, type ExceptionStep, exceptionClassSchema } from '#schemas/exception.ts';
import type { Instant } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import { readAttemptRef } from './attempt-ref.ts';
import { onwardDifferenceOf, onwardSides } from './bank-findings.ts';
import { businessDateOf } from './calendar.ts';
import type { Adjustment, Exception, ExceptionMove, Finding, NamedFinding } from './exception.ts';
import { nameFindings } from './exception.ts';
import type { ReconciledRow } from './reconciliation.ts';
import { deskOf, type ReconciliationSettings } from './reconciliation-settings.ts';
import { addressOf, type RunTicket } from './statement-day.ts';
import { exceptionDueAt } from './working-days.ts';

const exceptionClasses: ReadonlySet<string> = new Set(exceptionClassSchema.options);

/** Whether a row of a run's result needs a person; others explain themselves, matched refunds among them. */
export function needsPerson(row: ReconciledRow): row is ReconciledRow & { readonly class: ExceptionClass } {
  return exceptionClasses.has(row.class) && !isRefundOnBothSides(row);
}

/** What of a run's result needs a person. */
export function findingOf(row: ReconciledRow): Finding | undefined {
  if (!needsPerson(row)) return undefined;
  const { statementAmountVnd, statementStatus, ledgerAmountVnd, ledgerState, reference, transactionId } = row;
  const ours = readAttemptRef(/\d{16}/.exec(reference ?? '')?.[0] ?? '');
  return {
    class: row.class,
    reference,
    transactionId,
    ...(ours === undefined ? {} : { paymentId: ours.paymentId }),
    suggestion: row.suggestion,
    receipt: row.receipt,
    statement:
      statementAmountVnd === null
        ? null
        : {
            amountVnd: amountVndSchema.parse(statementAmountVnd),
            status: statementStatus ?? '',
            ...(row.statementKind === 'refund' ? { kind: 'refund' } : {}),
          },
    ledger:
      ledgerAmountVnd === null ? null : { amountVnd: amountVndSchema.parse(ledgerAmountVnd), state: ledgerState ?? '' },
    line: row.statementLine,
  };
}

/** Money that went back by both books, and as much of it. A refund that failed there, or that we have as paid, is none. */
function isRefundOnBothSides(row: ReconciledRow): boolean {
  return (
    row.statementKind === 'refund' &&
    row.statementStatus === 'success' &&
    row.ledgerState === 'refunded' &&
    row.statementAmountVnd === row.ledgerAmountVnd
  );
}

/** What the gateway has more than the ledger, in đồng, or what went on more than expected. */
export function differenceOf(sides: Pick<Exception, 'class' | 'statement' | 'ledger'>): number {
  return onwardDifferenceOf(sides) ?? differenceBetween(sides.statement, sides.ledger);
}

/** What the gateway has more than the ledger; on either side, money that went back counts below 0. */
export function differenceBetween(
  statement: { readonly amountVnd: number; readonly status: string; readonly kind?: 'refund' | undefined } | null,
  ledger: { readonly amountVnd: number; readonly state: string } | null,
): number {
  const atGateway = moneyIn(statement?.status === 'success', statement, statement?.kind === 'refund');
  return atGateway - moneyIn(hasMoney(ledger?.state), ledger, ledger?.state === 'refunded');
}

function moneyIn(isMoney: boolean, side: { readonly amountVnd: number } | null, isRefund: boolean): number {
  const vnd = isMoney ? (side?.amountVnd ?? 0) : 0;
  return isRefund ? -vnd : vnd;
}

const hasMoney = (state: string | undefined): boolean =>
  state !== undefined && ['paid', 'surplus', 'wrong-amount', 'suspense', 'refunded'].includes(state);

export interface RecordingContext {
  readonly ticket: RunTicket;
  readonly at: Instant;
  readonly settings: ReconciliationSettings;
}

/**
 * What brings the exceptions of a day to what a run has found: new ones, changed ones and those found again first, then
 * the end of those that it did not find. So a run that breaks off leaves too many exceptions and never too few, and the
 * same run again goes on where it stopped: what is as it was found needs no move. Nothing that a person did is undone:
 * what two persons have ended stays ended while it is what they saw.
 */
export function planExceptionMoves(
  standing: readonly Exception[],
  findings: readonly Finding[],
  context: RecordingContext,
): readonly ExceptionMove[] {
  const named = nameFindings(addressOf(context.ticket), findings);
  const byId = new Map(standing.map((exception) => [exception.exceptionId, exception]));
  const found = new Set(named.map(({ exceptionId }) => exceptionId));
  return [
    ...named.flatMap((one) => moveFor(one, byId.get(one.exceptionId), context) ?? []),
    ...standing
      .filter(({ exceptionId, state }) => state !== 'closed' && !found.has(exceptionId))
      .map((exception) => explained(exception, context)),
  ];
}

function moveFor(
  one: NamedFinding,
  before: Exception | undefined,
  context: RecordingContext,
): ExceptionMove | undefined {
  if (before === undefined) return { before, after: opened(one, context) };
  const isSame = saysTheSame(before, one.finding);
  if (before.state !== 'closed') return isSame ? undefined : { before, after: changed(before, one.finding, context) };
  if (before.outcome !== 'explained' && isSame) return undefined;
  return { before, after: reopened(before, one.finding, context) };
}

/** Lines move from file to file, and suggestions come and go: the difference itself is in the two sides. */
function saysTheSame(before: Exception, { statement, ledger }: Finding): boolean {
  return (
    before.statement?.amountVnd === statement?.amountVnd &&
    before.statement?.status === statement?.status &&
    before.statement?.kind === statement?.kind &&
    before.ledger?.amountVnd === ledger?.amountVnd &&
    before.ledger?.state === ledger?.state
  );
}

function opened({ exceptionId, finding }: NamedFinding, { ticket, at, settings }: RecordingContext): Exception {
  const { line, file = ticket.statement, ...facts } = finding;
  return {
    exceptionId,
    ...addressOf(ticket),
    ...facts,
    bookedOn: ticket.isAfterClose ? businessDateOf(at) : ticket.day,
    place: { file, line },
    foundAt: at,
    desk: deskOf(settings, ticket),
    isEscalated: false,
    dueAt: exceptionDueAt(settings, finding.class, at),
    state: 'open',
    trail: [{ at, did: 'found', run: ticket.number }],
    revision: 1,
  };
}

/** It is not what it was: whatever was proposed about it was about something else. */
function changed(before: Exception, finding: Finding, context: RecordingContext): Exception {
  const { proposal: _outdated, ...standing } = before;
  return taken({ ...standing, ...sidesOf(finding), state: 'open' }, 'changed', context);
}

/** Its clock begins anew, since nobody had it to do in between. */
function reopened(before: Exception, finding: Finding, context: RecordingContext): Exception {
  const { outcome: _ended, closedAt: _then, ...standing } = before;
  const dueAt = exceptionDueAt(context.settings, before.class, context.at);
  return taken({ ...standing, ...sidesOf(finding), state: 'open', dueAt }, 'found-again', context);
}

function explained(before: Exception, context: RecordingContext): ExceptionMove {
  const { proposal: _needless, ...standing } = before;
  const ended: Exception = { ...standing, state: 'closed', outcome: 'explained', closedAt: context.at };
  return { before, after: taken(ended, 'explained', context) };
}

function sidesOf({ statement, ledger, receipt, suggestion }: Finding) {
  return { statement, ledger, receipt, suggestion };
}

function taken(exception: Exception, did: ExceptionStep['did'], { at, ticket }: RecordingContext): Exception {
  const step = { at, did, run: ticket.number, note: sidesInWords(exception) };
  return { ...exception, trail: [...exception.trail, step], revision: exception.revision + 1 };
}

function sidesInWords({ class: name, statement, ledger }: Exception): string {
  const words = (side: readonly [number, string] | undefined) => (side === undefined ? '–' : side.join(' '));
  const [found, expected] = onwardSides[name] ?? ['cổng', 'sổ'];
  return [
    `${found}: ${words(statement === null ? undefined : [statement.amountVnd, statement.kind === 'refund' ? `hoàn ${statement.status}` : statement.status])}`,
    `${expected}: ${words(ledger === null ? undefined : [ledger.amountVnd, ledger.state])}`,
  ].join('; ');
}

/** What a move on a closed day is in the books of the day on which it is made. */
export function adjustmentOf({ before, after }: ExceptionMove, { ticket, at }: RecordingContext): Adjustment {
  const did = after.trail.at(-1)?.did;
  const gone = before === undefined || before.state === 'closed' ? 0 : differenceOf(before);
  const stands = after.state === 'closed' ? 0 : differenceOf(after);
  return {
    ...addressOf(ticket),
    exceptionId: after.exceptionId,
    class: after.class,
    effect: did === 'changed' || did === 'explained' ? did : 'found',
    differenceVnd: stands - gone,
    bookedOn: businessDateOf(at),
    revision: after.revision,
    run: ticket.number,
  };
}
