import { loadFees } from '#config/fees.ts';
import { type CorrectionResult, correctReceipt } from '#functions/correct-receipt/correct-receipt.ts';
import type { CorrectionNeeds } from '#functions/correct-receipt/correction-needs.ts';
import { type CorrectionView, correctionCommandSchema } from '#schemas/correction.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { makeCorrectionLedger } from '#shared/adapters/correction-ledger.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { renderErrorNoticeXml } from '#shared/rendering/reports/error-notice-xml.ts';
import { makeChaseScene, sceneStart } from './chase-scene.ts';
import { aPaidRecord, type ChargeDraft } from './paid-record.ts';

/** The sweep's scene with finance staff who correct receipts, on the morning after the payments. */
export async function makeCorrectionScene() {
  const scene = await makeChaseScene();
  const { ledger: seriesLedger, ...issuing } = scene.needs;
  const needs: CorrectionNeeds = {
    ...issuing,
    ledger: makeCorrectionLedger(scene.table),
    seriesLedger,
    writeNotice: renderErrorNoticeXml,
    fees: loadFees('dev'),
  };
  const run = (command: object, change: Partial<CorrectionNeeds> = {}): Promise<CorrectionResult> =>
    correctReceipt(correctionCommandSchema.parse(command), { ...needs, ...change });
  /** Issues, signs and tells all that is due. */
  const finish = async () => {
    await scene.sweep();
    await scene.sweep();
  };
  return {
    ...scene,
    needs,
    run,
    finish,
    /** A payment with a signed receipt, which the dossier heard of. */
    putReceipted: async (drafts?: readonly ChargeDraft[], change: object = {}): Promise<Receipt> => {
      const paymentId = await scene.put(aPaidRecord(drafts, change));
      await scene.issue([paymentId]);
      await scene.send([paymentId]);
      return firstOf(await scene.receiptsOf(paymentId));
    },
    /** Proposed by one person and approved by another. */
    correct: async (proposal: Proposal) => {
      done(await run(proposal));
      return done(await run(aDecision(proposal)));
    },
    chainOf: async (paymentId: PaymentId) =>
      (await scene.receiptsOf(paymentId)).toSorted((one, other) => one.revision - other.revision),
  };
}

export type CorrectionScene = Awaited<ReturnType<typeof makeCorrectionScene>>;

export const morningAfter = instantAfter(sceneStart, 24 * 60 * 60_000);

function firstOf([receipt]: readonly Receipt[]): Receipt {
  if (receipt === undefined) throw new Error('no receipt was issued');
  return receipt;
}

/** What makes a proposal one, whatever it proposes. */
interface Proposal {
  readonly correction: { readonly paymentId: PaymentId; readonly correctionId: string };
}

let drawn = 0;

const nameOf = ({ paymentId, content: { template, series, number } }: Receipt) => ({
  correctionId: `sua${String((drawn += 1)).padStart(6, '0')}`,
  paymentId,
  receipt: { template, series, number },
});

/** A maker's proposal to replace a receipt because its payer's tax code was wrong; `change` replaces fields. */
export function aReplacement(receipt: Receipt, change: object = {}) {
  const payer = { taxCode: '0101234567' };
  const correction = { way: 'replacement', ...nameOf(receipt), payer, reason: 'Sai mã số thuế', ...change };
  return { action: 'propose', by: 'kt-01', correction } as const;
}

/** A maker's proposal to tell the tax office of a wrong name. */
export function aNotice(receipt: Receipt, change: object = {}) {
  const correction = {
    way: 'notice',
    ...nameOf(receipt),
    wrong: ['payer-name'],
    reason: 'Sai tên người nộp',
    ...change,
  };
  return { action: 'propose', by: 'kt-01', correction } as const;
}

/** What a second person says about it. */
export function aDecision({ correction }: Proposal, change: object = {}) {
  const { paymentId, correctionId } = correction;
  return { action: 'approve', by: 'kt-02', paymentId, correctionId, ...change } as const;
}

/** @throws Error when nothing was done */
export function done(result: CorrectionResult): CorrectionView {
  if (result.kind === 'done') return result.correction;
  throw new Error(`not done: ${JSON.stringify(result)}`);
}
