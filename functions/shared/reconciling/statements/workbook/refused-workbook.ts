import type { StatementFault, StatementFaultCode } from '#shared/domain/statement.ts';

/** Stops the reading of a workbook from deep within it; caught where the workbook is opened, never further up. */
export class RefusedWorkbook extends Error {
  override readonly name = 'RefusedWorkbook';
  readonly fault: StatementFault;

  constructor(code: StatementFaultCode, says: string, line = 0) {
    super(code);
    this.fault = { line, code, says };
  }
}

export function unsafeArchive(detail: string): RefusedWorkbook {
  return new RefusedWorkbook(
    'unsafe-archive',
    `Tệp XLSX không an toàn để mở (${detail}). Hãy xin bên gửi xuất lại tệp, hoặc gửi tệp CSV.`,
  );
}
