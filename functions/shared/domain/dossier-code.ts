import {
  type DossierCode,
  dossierCodePattern,
  dossierCodeSchema,
  type ProcedureCode,
  procedureCodeSchema,
} from '#schemas/codes.ts';
import { type BusinessDate, businessDateSchema } from '#schemas/ids.ts';

/** What a dossier's code says, or the first rule that it breaks. */
export type DossierCodeReading =
  | {
      readonly ok: true;
      readonly code: DossierCode;
      /** Old form of QCVN 102:2016, lowest level first, or the tree form of QĐ 20/2020, root first. */
      readonly form: 'legacy-qcvn102' | 'tree-qd20';
      readonly agency: string;
      /** Day on which the dossier was received. */
      readonly date: BusinessDate;
      readonly sequence: number;
      readonly compact: string;
    }
  | { readonly ok: false; readonly reason: DossierCodeFault };

export type DossierCodeFault =
  | 'pattern'
  | 'agency-too-long'
  | 'calendar-date'
  | 'future-date'
  | 'before-2018'
  | 'sequence-zero'
  | 'other-root-agency';

/** QĐ 20/2020/QĐ-TTg: an agency's code has at most 35 characters. */
const longestAgency = 35;

/**
 * Reads a dossier's code as a machine sent it: nothing is trimmed or folded, a code with a stray space is wrong.
 * @param context.today the day in Asia/Ho_Chi_Minh; a dossier cannot have been received later
 * @param context.province root agency of this deployment, `H49` for Quảng Ninh
 */
export function readDossierCode(
  text: string,
  context: { readonly today: BusinessDate; readonly province: string },
): DossierCodeReading {
  const code = dossierCodeSchema.safeParse(text);
  const [, agency = '', year, month, day, digits] = dossierCodePattern.exec(text) ?? [];
  if (!code.success) return { ok: false, reason: 'pattern' };
  if (agency.length > longestAgency) return { ok: false, reason: 'agency-too-long' };
  const date = businessDateSchema.safeParse(`20${year}-${month}-${day}`);
  if (!date.success) return { ok: false, reason: 'calendar-date' };
  if (date.data > context.today) return { ok: false, reason: 'future-date' };
  if (date.data < '2018') return { ok: false, reason: 'before-2018' };
  const sequence = Number(digits);
  if (sequence === 0) return { ok: false, reason: 'sequence-zero' };
  const form = /^\d/.test(agency) ? 'legacy-qcvn102' : 'tree-qd20';
  const levels = agency.split('.');
  const root = form === 'legacy-qcvn102' ? levels.at(-1) : levels[0];
  if (root !== context.province) return { ok: false, reason: 'other-root-agency' };
  return { ok: true, code: code.data, form, agency, date: date.data, sequence, compact: compactOf(code.data) };
}

/** Day on which the dossier of a code that was accepted was received. */
export function dayOfDossier(code: DossierCode): BusinessDate {
  const [, , year, month, day] = dossierCodePattern.exec(code) ?? [];
  return businessDateSchema.parse(`20${year}-${month}-${day}`);
}

/** Letters and digits only, as transfer texts carry a code. It is compared with stored codes, never split back. */
export function compactOf(code: string): string {
  return code.replace(/[^0-9A-Za-z]/g, '');
}

/** Whether a text is a procedure's code, plain or with its province or old long ending. */
export function isProcedureCode(text: string): text is ProcedureCode {
  return procedureCodeSchema.safeParse(text).success;
}

/** The national part of a procedure's code: `1.012753` of `1.012753.000.00.00.H49`. */
export function plainProcedureCode(code: ProcedureCode): string {
  return code.slice(0, '1.012753'.length);
}
