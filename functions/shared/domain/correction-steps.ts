import type { Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { type Correction, type CorrectionRefusal, type FiledNotice, refused } from './correction.ts';
import { identityOf, type Receipt } from './receipt.ts';

/** What a second person's word comes to before the ledger is asked. */
export type Decision =
  | { readonly kind: 'may' }
  /** It was done before, by the same person. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly refusal: CorrectionRefusal };

/** The maker never decides (DESIGN §4.10), and what is decided stays so. */
export function mayDecide(correction: Correction, checker: StaffCode, to: 'approved' | 'rejected'): Decision {
  if (correction.maker === checker) return refused({ code: 'same-person' });
  if (correction.state === to && correction.checker === checker) return { kind: 'known' };
  if (correction.state !== 'proposed') return refused({ code: 'wrong-state', state: correction.state });
  return { kind: 'may' };
}

export interface Decided {
  readonly checker: StaffCode;
  readonly at: Instant;
}

export function rejected(correction: Correction, by: Decided, why: string): Correction {
  return { ...decided(correction, 'rejected', by), rejectedBecause: why };
}

export function approvedNotice(correction: Correction, by: Decided, notice: FiledNotice): Correction {
  return { ...decided(correction, 'approved', by), notice };
}

export function approvedReplacement(correction: Correction, by: Decided, replacement: Receipt): Correction {
  return { ...decided(correction, 'approved', by), replacement: identityOf(replacement) };
}

function decided(correction: Correction, state: 'approved' | 'rejected', { checker, at }: Decided): Correction {
  return { ...correction, state, checker, decidedAt: at, version: correction.version + 1 };
}
