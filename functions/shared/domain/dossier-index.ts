import type { DossierCode } from '#schemas/codes.ts';
import type { PaymentId } from '#schemas/ids.ts';

export interface DossierIndex {
  /** Payments that hold a debt of the dossier, the newest first. An index read: a hint. */
  findPayments(dossierCode: DossierCode): Promise<readonly PaymentId[]>;
}
