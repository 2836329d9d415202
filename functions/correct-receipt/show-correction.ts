import type { CorrectionView } from '#schemas/correction.ts';
import type { Correction } from '#shared/domain/correction.ts';

/** A correction for finance staff: all of it but where it lies in the ledger. */
export function showCorrection({ version, receipt: wrong, notice, ...shown }: Correction): CorrectionView {
  const { chargeNumber, revision, ...receipt } = wrong;
  if (notice === undefined) return { ...shown, receipt };
  const { key, sha256, madeOn } = notice;
  return { ...shown, receipt, notice: { key, sha256, madeOn } };
}
