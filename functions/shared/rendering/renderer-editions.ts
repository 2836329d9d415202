import type { ReceiptContent } from '#schemas/receipt.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';

/** What a version of the renderer draws in its own way. All else is drawn by each in the same way, byte by byte. */
export interface Edition {
  /** Whether the QR code of a signed page carries the signed claim (ADR 19), or no more than the look-up address. */
  readonly printsClaim: boolean;
  readonly proof: ProofLayout;
}

/** How the last block of the page is laid out. */
export interface ProofLayout {
  /** Side of the printed QR code, in points. */
  readonly qrSide: number;
  /** Beside a large code the look-up code takes a line of its own, and a long address makes the block higher. */
  readonly isNarrow: boolean;
  /** Whether a click on the code opens what it says. */
  readonly isLink: boolean;
}

/** Every version that a receipt may still be frozen for: it has its number, and its page may have to be made yet. */
const editions: ReadonlyMap<string, Edition> = new Map([
  // With its quiet zone about 26 mm.
  ['2', { printsClaim: false, proof: { qrSide: 66, isNarrow: false, isLink: false } }],
  // 34 mm: a claim has 77 modules, and smaller ones were not read from a picture of 150 dpi.
  ['3', { printsClaim: true, proof: { qrSide: 96, isNarrow: true, isLink: true } }],
]);

/** @throws BrokenInvariant for a version that was never made, or is gone */
export function editionOf({ series, number, rendererVersion }: ReceiptContent): Edition {
  const edition = editions.get(rendererVersion);
  if (edition !== undefined) return edition;
  throw new BrokenInvariant(
    `receipt ${series} ${number} was frozen for renderer ${rendererVersion}, and this one draws versions ` +
      `${[...editions.keys()].join(' and ')}: was it numbered by a later release? Deploy that one again.`,
  );
}
