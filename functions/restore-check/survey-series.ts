import type { BusinessDate } from '#schemas/ids.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { NumberRange, SeriesName } from '#shared/domain/receipt-register.ts';
import type { ArchiveList, ListedDocument, ReceiptRecovery, RestoreLedger } from '#shared/domain/restore-ports.ts';
import { type ArchivedNumber, type NumberPair, pairByNumber } from './pair-by-number.ts';

export interface SurveyNeeds {
  readonly archive: ArchiveList;
  readonly ledger: RestoreLedger;
  readonly recovery: ReceiptRecovery;
  /** Waits before the index is asked again for a number that it did not have. */
  readonly pauseBeforeTry: (tries: number) => Promise<void>;
  /** Told now and then how many numbers were compared, for those who wait. */
  readonly tellProgress: (numbers: number) => void;
}

/** What archive and register say about the numbers of a series. */
export interface SeriesSurvey {
  readonly archived: number;
  readonly registered: number;
  /** The highest number that either of them knows, and its date: where only the archive knows it, the day of archiving. */
  readonly highest: { readonly number: number; readonly date: BusinessDate } | undefined;
  /** Archived, and without a row: what a restore has lost. */
  readonly unregistered: readonly (ArchivedNumber & { readonly xml: ListedDocument })[];
  /** Numbered and not archived yet: the sweep finishes them. */
  readonly unfinished: readonly number[];
  readonly odd: readonly OddNumber[];
  /** Given out, and known to neither. */
  readonly missing: readonly NumberRange[];
}

/** A number that only a person can judge. */
export interface OddNumber {
  readonly number: number;
  readonly why: string;
}

const largestNumber = 99_999_999;
const numbersBetweenTidings = 1_000;
const mostLooks = 3;

/** @param given the first number of the series, and the last one that its row says was given out */
export async function surveySeries(name: SeriesName, given: NumberRange, needs: SurveyNeeds): Promise<SeriesSurvey> {
  const findings = startFindings(given.from);
  const receipts = needs.ledger.readPages(name, { from: 1, to: largestNumber });
  let compared = 0;
  for await (const pair of pairByNumber(needs.archive.listDocuments(name), receipts)) {
    findings.take(pair, await judge(pair, needs.recovery));
    compared += 1;
    if (compared % numbersBetweenTidings === 0) needs.tellProgress(numbersBetweenTidings);
  }
  needs.tellProgress(compared % numbersBetweenTidings);
  const { gaps, ...survey } = findings.conclude(given.to);
  return { ...survey, missing: await confirmMissing(name, gaps, needs) };
}

/** What a pair means; nothing when archive and register agree. */
type Judgement = 'unregistered' | 'unfinished' | { readonly odd: string } | undefined;

async function judge({ archived, receipt }: NumberPair, recovery: ReceiptRecovery): Promise<Judgement> {
  if (archived !== undefined && archived.xml === undefined) return { odd: 'the archive has its page, but no XML' };
  if (receipt === undefined) return 'unregistered';
  if (receipt.state === 'awaiting-signature') return judgeUnsigned(receipt, archived?.xml, recovery);
  const isHeld = (extension: 'xml' | 'pdf') => archived?.[extension]?.bytes === receipt[extension]?.bytes;
  if (isHeld('xml') && isHeld('pdf')) return undefined;
  return { odd: 'the archive lacks a document that the ledger records, or holds another one' };
}

/** Archived and not recorded: the run that archived it died, or another receipt has the number. */
async function judgeUnsigned(
  receipt: Receipt,
  xml: ListedDocument | undefined,
  recovery: ReceiptRecovery,
): Promise<Judgement> {
  if (xml === undefined) return 'unfinished';
  const found = await recovery.recover(xml, undefined);
  if (found.kind === 'refused') return { odd: `its archived XML is not usable: ${found.why}` };
  const isSame = found.receipt.content.lookupCode === receipt.content.lookupCode;
  return isSame ? 'unfinished' : { odd: describeDouble(receipt, found.receipt.content.paymentId) };
}

function describeDouble({ paymentId }: Receipt, archivedPaymentId: string): string {
  return `the number was given twice: the archive holds the receipt of payment ${archivedPaymentId}, the ledger one of payment ${paymentId}`;
}

/** Collects findings while numbers pass by: what it keeps grows with the faults, not with the series. */
function startFindings(firstNumber: number) {
  const unregistered: (ArchivedNumber & { readonly xml: ListedDocument })[] = [];
  const unfinished: number[] = [];
  const odd: OddNumber[] = [];
  const gaps: NumberRange[] = [];
  let archived = 0;
  let registered = 0;
  let last: number | undefined;
  let highest: SeriesSurvey['highest'];
  const closeGap = (until: number) => {
    const from = last === undefined ? firstNumber : last + 1;
    if (until > from) gaps.push({ from, to: until - 1 });
  };
  return {
    take(pair: NumberPair, judgement: Judgement): void {
      const { number } = pair;
      if (pair.archived !== undefined) archived += 1;
      if (pair.receipt !== undefined) registered += 1;
      if (number !== last) closeGap(number);
      if (number === last) odd.push({ number, why: 'two receipts bear it' });
      else if (judgement === 'unfinished') unfinished.push(number);
      else if (typeof judgement === 'object') odd.push({ number, why: judgement.odd });
      else if (judgement === 'unregistered' && pair.archived?.xml !== undefined) {
        unregistered.push({ ...pair.archived, xml: pair.archived.xml });
      }
      const date = pair.receipt?.content.issuedOn ?? pair.archived?.archivedOn;
      if (date !== undefined) highest = { number, date };
      last = number;
    },
    conclude(lastGiven: number) {
      closeGap(lastGiven + 1);
      return { archived, registered, highest, unregistered, unfinished, odd, gaps };
    },
  };
}

/** An index follows its table within moments: it is asked again before a number is called missing (DESIGN §4 rule 9). */
async function confirmMissing(
  name: SeriesName,
  gaps: readonly NumberRange[],
  { ledger, pauseBeforeTry }: SurveyNeeds,
): Promise<readonly NumberRange[]> {
  let missing = gaps;
  for (let looks = 1; looks <= mostLooks && missing.length > 0; looks += 1) {
    await pauseBeforeTry(looks);
    const found = await findNumbers(name, missing, ledger);
    if (found.size > 0) missing = missing.flatMap((gap) => without(gap, found));
  }
  return missing;
}

async function findNumbers(
  name: SeriesName,
  ranges: readonly NumberRange[],
  ledger: RestoreLedger,
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const range of ranges) {
    for await (const page of ledger.readPages(name, range)) {
      for (const { content } of page) found.add(content.number);
    }
  }
  return found;
}

/** What is left of a range, in ranges. */
function without({ from, to }: NumberRange, found: ReadonlySet<number>): readonly NumberRange[] {
  const inside = [...found].filter((number) => number >= from && number <= to).toSorted((one, other) => one - other);
  const ends = [...inside, to + 1];
  return ends.flatMap((end, index) => {
    const start = index === 0 ? from : (inside[index - 1] ?? from) + 1;
    return end > start ? [{ from: start, to: end - 1 }] : [];
  });
}
