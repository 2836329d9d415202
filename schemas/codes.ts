import * as z from 'zod/mini';

/**
 * A dossier's code as the one-stop system writes it: `<agency>-<yyMMdd>-<sequence>`, the agency in the old
 * form of QCVN 102:2016 (`000.00.01.H49`) or the tree form of QĐ 20/2020/QĐ-TTg (`H49.14`). Only the form is
 * checked here; whether the date, the province and the sequence make sense is `readDossierCode`'s to say.
 */
export const dossierCodePattern =
  /^((?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.[0-9A-Z]{1,4}){0,5}))-(\d{2})(\d{2})(\d{2})-(\d{4,6})$/;

export const dossierCodeSchema = z
  .string()
  .check(z.maxLength(64), z.regex(dossierCodePattern, 'must look like H49.14-261122-0001 or 000.00.01.H49-220630-0001'))
  .brand<'DossierCode'>()
  .register(z.globalRegistry, { id: 'DossierCode', title: 'Mã hồ sơ', examples: ['H49.14-261122-0001'] });
export type DossierCode = z.infer<typeof dossierCodeSchema>;

/** A procedure's code, plain (`1.012753`) or with province or old long ending (`1.012753.H49`). */
export const procedureCodeSchema = z
  .string()
  .check(
    z.regex(
      /^[1-3]\.\d{6}(?:\.(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{2})?)?$/,
      'must look like 1.012753 or 1.012753.H49',
    ),
  )
  .brand<'ProcedureCode'>()
  .register(z.globalRegistry, { id: 'ProcedureCode', title: 'Mã thủ tục hành chính', examples: ['1.012753'] });
export type ProcedureCode = z.infer<typeof procedureCodeSchema>;

/** The dossier side's own name of one debt, so that two payments never claim the same debt. */
export const debtIdSchema = z
  .string()
  .check(z.regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$/, 'must be 1 to 40 letters, digits, dots, hyphens or underscores'))
  .register(z.globalRegistry, { id: 'DebtId', examples: ['main'] });
