import type { StaffCode } from '#schemas/staff-code.ts';
import { factsOfClose } from '#shared/domain/balance-page.ts';
import type { SignedPage } from '#shared/domain/day-close.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { ReceiptArchive } from '#shared/domain/ports.ts';
import type { DrawProofPage, ProofPageFacts } from '#shared/domain/proof-page.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { ReconciliationNeeds, Refused } from './reconciliation-needs.ts';
import { isReconciled, readBooks, showDay, unknownAccount } from './show-day.ts';

export interface ProofPrintingNeeds extends ReconciliationNeeds {
  readonly archive: Pick<ReceiptArchive, 'read'>;
  readonly drawProofPage: DrawProofPage;
}

/** The proof of a day as it is to be handed out. */
export interface FoundProof {
  readonly kind: 'found';
  readonly facts: ProofPageFacts;
  /** Of a closed day, once its unit has signed it. */
  readonly page: SignedPage | undefined;
}

export type PrintedProof =
  | { readonly kind: 'printed'; readonly pdf: Uint8Array }
  | Refused<'unknown-account' | 'nothing-to-print'>;

/**
 * Bảng cân đối ngày as a page: of a closed day the very file that its unit has signed. Until there is one, and of an open
 * day, it is drawn anew and says that it is not signed.
 */
export async function printProof(
  address: DayAddress,
  madeBy: StaffCode,
  needs: ProofPrintingNeeds,
): Promise<PrintedProof> {
  const finding = await findProof(address, madeBy, needs);
  if (finding.kind === 'refused') return finding;
  const { facts, page } = finding;
  return { kind: 'printed', pdf: page === undefined ? await needs.drawProofPage(facts) : await fetchPage(page, needs) };
}

export async function findProof(
  address: DayAddress,
  madeBy: StaffCode,
  needs: Pick<ProofPrintingNeeds, 'book' | 'settings' | 'clock'>,
): Promise<FoundProof | Refused<'unknown-account' | 'nothing-to-print'>> {
  if (!isReconciled(address, needs)) return unknownAccount;
  const books = await readBooks(address, needs);
  const { close } = books.record;
  const made = { madeBy, madeAt: books.now };
  if (close?.state === 'closed') return { kind: 'found', facts: factsOfClose(close, made), page: close.page };
  const { proof, run, file, openExceptions } = showDay(books, needs);
  if (proof === undefined) return nothingToPrint;
  const statement = file?.digest;
  const facts = { ...address, proof, close: undefined, run, statement, openExceptions, ...made };
  return { kind: 'found', facts, page: undefined };
}

async function fetchPage({ key, sha256 }: SignedPage, { archive }: ProofPrintingNeeds): Promise<Uint8Array> {
  const held = await archive.read(key);
  if (held?.sha256 === sha256) return held.bytes;
  throw new BrokenInvariant(
    `the archive ${held === undefined ? 'lacks' : 'holds other bytes under'} ${key}, which was recorded as SHA-256 ${sha256}`,
  );
}

const nothingToPrint = {
  kind: 'refused',
  code: 'nothing-to-print',
  explanation: 'Ngày này chưa có lần đối soát nào nên chưa có gì để in. Hãy gửi sao kê của ngày lên trước.',
} as const;
