import type { NumberRange } from '#shared/domain/receipt-register.ts';
import { formatReceiptNumber } from '#shared/domain/rule-profile.ts';
import { isWhole, type SeriesProof } from '#shared/domain/series-proof.ts';

/** The statement on the numbers of a series, and every number that it is not true of. */
export function statementOf(proof: SeriesProof): string {
  const { missing, repeated, backDated, beyondCounter, count, first, last } = proof;
  if (isWhole(proof)) {
    if (first === undefined || last === undefined) return 'Không phát sinh biên lai trong kỳ';
    return `Dãy số liên tục, không thiếu, không trùng: ${count} biên lai từ số ${shown(first.number, proof)} đến số ${shown(last.number, proof)}`;
  }
  const faults = [
    ['THIẾU SỐ', missing.map((range) => shownRange(range, proof))],
    ['TRÙNG SỐ', repeated.map((number) => shown(number, proof))],
    ['NGÀY LẬP TRƯỚC NGÀY CỦA SỐ NHỎ HƠN', backDated.map((number) => shown(number, proof))],
    ['VƯỢT SỐ ĐÃ CẤP CỦA KÝ HIỆU', beyondCounter === undefined ? [] : [shown(beyondCounter, proof)]],
  ] as const;
  return faults
    .filter(([, numbers]) => numbers.length > 0)
    .map(([fault, numbers]) => `${fault}: ${numbers.join(', ')}`)
    .join('; ');
}

/** How many numbers are missing. */
export function countMissing({ missing }: SeriesProof): number {
  return missing.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

function shownRange({ from, to }: NumberRange, proof: SeriesProof): string {
  return from === to ? shown(from, proof) : `${shown(from, proof)}–${shown(to, proof)}`;
}

/** With the zeros of the receipts of that series; without a receipt to tell the profile, with those of today's. */
function shown(number: number, { first }: SeriesProof): string {
  return formatReceiptNumber(number, first?.profile ?? 'P3');
}
