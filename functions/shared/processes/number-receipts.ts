import type { BusinessDate, Instant, LookupCode, UnitCode } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { type CollectingUnit, findUnit } from '#shared/domain/collecting-unit.ts';
import type { DeclaredSeries } from '#shared/domain/declared-series.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import {
  chooseSeries,
  fittingBatch,
  isNearlyUsed,
  issuedTemplate,
  roomIn,
  withDeclared,
} from '#shared/domain/numbering.ts';
import type { Clock, ProcessAnswer, ReceiptLedger } from '#shared/domain/ports.ts';
import type { Receipt, ReceiptName } from '#shared/domain/receipt.ts';
import { numberedReceiptOf } from '#shared/domain/receipt-content.ts';
import type { ReceiptPlan } from '#shared/domain/receipt-plan.ts';
import type { Series } from '#shared/domain/series.ts';
import { answerToError, explain } from './answer-to-error.ts';

export interface NumberingNeeds {
  readonly ledger: Pick<ReceiptLedger, 'readSeries' | 'openSeries' | 'number'>;
  readonly units: readonly CollectingUnit[];
  readonly declaredSeries: readonly DeclaredSeries[];
  readonly drawLookupCode: () => LookupCode;
  readonly lookupUrlOf: (code: LookupCode) => string;
  readonly rendererVersion: string;
  readonly clock: Clock;
  /** Waits before a further try, longer with each, and not equally long twice. */
  readonly pauseBeforeTry: (tries: number) => Promise<void>;
  readonly logNews: LogNews;
}

export interface Numbering {
  readonly numbered: readonly Receipt[];
  /** Receipts that somebody else numbered meanwhile: their payments must be read again. */
  readonly existing: readonly ReceiptName[];
  /** Plans that got no number, and why. */
  readonly held: readonly HeldPlan[];
}

interface HeldPlan {
  readonly plan: ReceiptPlan;
  readonly answer: ProcessAnswer;
}

/** So often in a row may others move the series before the rest is left for later. */
const mostMisses = 10;

/**
 * Numbers the planned receipts of one collecting unit, each turn as many as one transaction holds. Who moves the series
 * first wins and the others look again. Each turn takes the time anew, so that the turn of a year is seen in between.
 */
export async function numberReceipts(
  unitCode: UnitCode,
  plans: readonly ReceiptPlan[],
  needs: NumberingNeeds,
): Promise<Numbering> {
  const turns: Numbering[] = [];
  let waiting = plans;
  for (let misses = 0; waiting.length > 0; ) {
    const turn = misses < mostMisses ? await takeTurn(unitCode, waiting, needs) : holdAll(waiting, othersAreFaster);
    turns.push(turn);
    const left = plansLeft(waiting, turn);
    misses = left.length < waiting.length ? 0 : misses + 1;
    if (misses > 0) await needs.pauseBeforeTry(misses);
    waiting = left;
  }
  return {
    numbered: turns.flatMap((turn) => turn.numbered),
    existing: turns.flatMap((turn) => turn.existing),
    held: turns.flatMap((turn) => turn.held),
  };
}

const nothing: Numbering = { numbered: [], existing: [], held: [] };
const othersAreFaster: ProcessAnswer = { kind: 'later', why: 'others moved the series of receipts faster than we' };

function holdAll(plans: readonly ReceiptPlan[], answer: ProcessAnswer): Numbering {
  return { ...nothing, held: plans.map((plan) => ({ plan, answer })) };
}

/** Within one unit, these three tell plans and receipts apart. */
const placeOf = ({ paymentId, chargeNumber, kind }: Pick<ReceiptPlan, 'paymentId' | 'chargeNumber' | 'kind'>) =>
  `${paymentId}#${chargeNumber}#${kind}`;

function plansLeft(plans: readonly ReceiptPlan[], turn: Numbering): readonly ReceiptPlan[] {
  const ended = new Set([...turn.numbered, ...turn.existing, ...turn.held.map(({ plan }) => plan)].map(placeOf));
  return plans.filter((plan) => !ended.has(placeOf(plan)));
}

async function takeTurn(unitCode: UnitCode, plans: readonly ReceiptPlan[], needs: NumberingNeeds): Promise<Numbering> {
  const at = needs.clock();
  const date = businessDateOf(at);
  const finding = findUnit(needs.units, unitCode, date);
  if (finding.kind !== 'found') {
    const why = `the registry has no collecting unit ${unitCode} on ${date}: was it merged or misspelt? Mend units.json`;
    return holdAll(plans, { kind: 'fault', why });
  }
  try {
    const found = await findSeries(finding.unit, date, needs);
    if (found === 'moved') return nothing;
    if ('why' in found) return holdAll(plans, found);
    return await numberFrom(found, plans, { unit: finding.unit, at }, needs);
  } catch (error) {
    return holdAll(plans, answerToError(error));
  }
}

type FindingNeeds = Pick<NumberingNeeds, 'declaredSeries'> & {
  readonly ledger: Pick<ReceiptLedger, 'readSeries' | 'openSeries'>;
};

/** The series to number from, opened in the ledger when it is used for the first time; or why there is none. */
export async function findSeries(
  unit: CollectingUnit,
  date: BusinessDate,
  needs: FindingNeeds,
): Promise<Series | 'moved' | Exclude<ProcessAnswer, { kind: 'done' }>> {
  const rows = await needs.ledger.readSeries(unit.taxCode, issuedTemplate);
  const choice = chooseSeries(withDeclared(rows, needs.declaredSeries, unit.taxCode), date);
  if (choice.kind === 'clock-behind') return { kind: 'later', why: choice.why };
  if (choice.kind === 'none-usable') return { kind: 'fault', why: choice.why };
  const { series } = choice;
  if (rows.includes(series)) return series;
  switch (await needs.ledger.openSeries(series)) {
    case 'opened':
      return series;
    case 'exists':
      return 'moved';
    case 'receipts-exist':
      return {
        kind: 'fault',
        why: `the ledger has receipts of series ${series.series} of ${series.taxCode} but has lost its row: to open it anew would repeat numbers. Restore the row above the highest number in ledger and archive`,
      };
  }
}

async function numberFrom(
  series: Series,
  plans: readonly ReceiptPlan[],
  moment: { readonly unit: CollectingUnit; readonly at: Instant },
  needs: NumberingNeeds,
): Promise<Numbering> {
  const { receipts, held } = freezeBatch(series, plans, moment, needs);
  const last = receipts.at(-1);
  if (last === undefined) return { ...nothing, held };
  const answer = await needs.ledger.number(series, receipts);
  switch (answer.kind) {
    case 'series-moved':
      return { ...nothing, held };
    case 'some-exist':
      return { ...nothing, existing: answer.existing, held };
    case 'numbered': {
      const facts = { taxCode: series.taxCode, series: series.series, lastNumber: last.content.number };
      needs.logNews('RECEIPTS_NUMBERED', { ...facts, count: receipts.length });
      if (isNearlyUsed(series, last.content.number)) needs.logNews('SERIES_NEARLY_USED', facts);
      return { numbered: receipts, existing: [], held };
    }
  }
}

/** Receipts with the next numbers of the series. A plan that cannot be printed takes no number and holds up no other. */
function freezeBatch(
  series: Series,
  plans: readonly ReceiptPlan[],
  moment: { readonly unit: CollectingUnit; readonly at: Instant },
  needs: NumberingNeeds,
): { receipts: readonly Receipt[]; held: readonly HeldPlan[] } {
  const receipts: Receipt[] = [];
  const held: HeldPlan[] = [];
  for (const plan of plans) {
    if (receipts.length === roomIn(series)) break;
    const lookupCode = needs.drawLookupCode();
    const lookupUrl = needs.lookupUrlOf(lookupCode);
    const { rendererVersion } = needs;
    const number = series.nextNumber + receipts.length;
    try {
      receipts.push(numberedReceiptOf(plan, { ...moment, series, number, lookupCode, lookupUrl, rendererVersion }));
    } catch (error) {
      held.push({ plan, answer: { kind: 'fault', why: `the receipt cannot be made: ${explain(error)}` } });
    }
  }
  return { receipts: fittingBatch(receipts), held };
}
