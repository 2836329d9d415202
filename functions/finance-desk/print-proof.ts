import type { StaffCode } from '#schemas/staff-code.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { type CollectingUnit, findUnit } from '#shared/domain/collecting-unit.ts';
import type { PrintProofPage } from '#shared/domain/proof-page.ts';
import { isSameAccount } from '#shared/domain/reconciliation-settings.ts';
import { SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { ReconciliationNeeds, Refused } from './reconciliation-needs.ts';
import { findDay } from './show-day.ts';

export interface ProofPrintingNeeds extends ReconciliationNeeds {
  readonly units: readonly CollectingUnit[];
  readonly printProofPage: PrintProofPage;
}

export type PrintedProof =
  | { readonly kind: 'printed'; readonly pdf: Uint8Array }
  | Refused<'unknown-account' | 'nothing-to-print' | 'signer-unavailable' | 'signer-refused'>;

/**
 * Bảng cân đối ngày as a page. A closed day is signed by the unit that the account is configured with, at the time of
 * printing: what it says was frozen by the close, whose digest it prints.
 */
export async function printProof(
  address: DayAddress,
  madeBy: StaffCode,
  needs: ProofPrintingNeeds,
): Promise<PrintedProof> {
  const finding = await findDay(address, needs);
  if (finding.kind === 'refused') return finding;
  const { day } = finding;
  const close = day.close?.state === 'closed' ? day.close : undefined;
  const proof = close?.proof ?? day.proof;
  if (proof === undefined) return nothingToPrint;
  const madeAt = needs.clock();
  const run = close === undefined ? day.run : close.run;
  const statement = close === undefined ? day.file?.digest : close.statement;
  const facts = { ...address, proof, close, run, statement, openExceptions: day.openExceptions, madeBy, madeAt };
  try {
    return { kind: 'printed', pdf: await needs.printProofPage(facts, close && signerOf(address, needs)) };
  } catch (error) {
    if (error instanceof SigningUnavailable) return signerUnavailable;
    if (error instanceof SigningRefused) return signerRefused;
    throw error;
  }
}

/** The unit that signs for an account, as it is called today. */
function signerOf(address: DayAddress, { settings, units, clock }: ProofPrintingNeeds): CollectingUnit | undefined {
  const { signedBy } = settings.accounts.find((account) => isSameAccount(account, address)) ?? {};
  if (signedBy === undefined) return undefined;
  const finding = findUnit(units, signedBy, businessDateOf(clock()));
  return finding.kind === 'found' ? finding.unit : undefined;
}

const nothingToPrint = {
  kind: 'refused',
  code: 'nothing-to-print',
  explanation: 'Ngày này chưa có lần đối soát nào nên chưa có gì để in. Hãy gửi sao kê của ngày lên trước.',
} as const;
const signerUnavailable = {
  kind: 'refused',
  code: 'signer-unavailable',
  explanation: 'Dịch vụ ký số tạm thời không trả lời. Hãy thử lại sau ít phút; số liệu đã khóa không thay đổi.',
} as const;
const signerRefused = {
  kind: 'refused',
  code: 'signer-refused',
  explanation:
    'Chứng thư số của đơn vị không dùng được (hết hạn, bị thu hồi hoặc chưa cấu hình). Hãy báo quản trị hệ thống, hoặc in bản không ký từ tệp XLSX.',
} as const;
