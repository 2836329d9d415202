import type { StatementFault, StatementFaultCode } from '#shared/domain/statement.ts';

/** A file of another gateway is wrong in every row: nobody reads further than this, and no answer should carry it. */
export const listedFaults = 1000;

/** What is wrong with a file: the first faults in the order in which they were found, and how many there are in all. */
export class FaultList {
  readonly #listed: StatementFault[] = [];
  #count = 0;

  add(fault: StatementFault): void {
    this.#count += 1;
    if (this.#listed.length < listedFaults) this.#listed.push(fault);
  }

  /** What concerns the file as a whole is listed however many rows are wrong. */
  addOfFile(fault: StatementFault): void {
    this.#count += 1;
    this.#listed.push(fault);
  }

  /** Faults that were counted and not read. */
  addUnlisted(count: number): void {
    this.#count += count;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** By line; what concerns the whole file comes first. */
  get refusal(): RefusedStatement {
    const faults = this.#listed.toSorted((one, other) => one.line - other.line);
    return { kind: 'refused', faults, unlisted: this.#count - this.#listed.length };
  }
}

/** The file is not taken, not a row of it. */
export interface RefusedStatement {
  readonly kind: 'refused';
  readonly faults: readonly StatementFault[];
  /** How many more there are than are listed. */
  readonly unlisted: number;
}

/** A fault of the file as a whole. */
export function fileFault(code: StatementFaultCode, says: string): StatementFault {
  return { line: 0, code, says };
}

/** A piece of a file as it may stand in a message: short, in one line, without hidden signs. */
export function shown(text: string | null | undefined): string {
  const clean = (text ?? '').replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return clean.length > 60 ? `“${clean.slice(0, 57)}…”` : `“${clean}”`;
}
