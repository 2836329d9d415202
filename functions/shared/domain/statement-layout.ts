import * as z from 'zod/mini';
import { gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';

const wordSchema = z.string().check(z.minLength(1), z.maxLength(100));
const wordsSchema = z._default(z.array(wordSchema), []);

/** A column by its title. Capitals, accents, spaces and signs of the title do not matter. */
const columnSchema = z.strictObject({
  /** All spellings that were seen; the first is the one to show. */
  titles: z.array(wordSchema).check(z.minLength(1)),
  /** Takes the part of the text that the first group finds, such as our reference within a transfer's content. */
  pattern: z.optional(z.string().check(z.refine(isPatternWithGroup, 'must be a regular expression with one group'))),
});
export type StatementColumn = z.infer<typeof columnSchema>;

const amountsSchema = z.strictObject({
  /** What stands between thousands, where something does. Decimals stand behind the other sign and must be zeros. */
  thousands: z._default(z.enum(['', ',', '.', ' ']), ''),
  /** 100 where the gateway writes hundredths of a đồng. */
  times: z._default(z.union([z.literal(1), z.literal(100)]), 1),
  /** Signs of the currency that may stand before or behind. */
  currency: wordsSchema,
});

const timesSchema = z.strictObject({
  /**
   * Tried in their order: `dd/MM/yyyy HH:mm:ss` and so on with `yy`, `hh` and `a`, `SSS`, `XXX` for an offset or Z, or
   * the words `unix-seconds`, `unix-milliseconds`.
   */
  formats: z
    .array(wordSchema.check(z.refine(isTimeFormat, 'is no format of a day: see docs/statement-layouts.md')))
    .check(z.minLength(1)),
  /** Of texts that name no offset. */
  offset: z._default(
    z.string().check(z.regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must be an offset like +07:00')),
    '+07:00',
  ),
});
const nameSchema = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9.-]{1,39}$/, 'must be 2 to 40 small letters, digits, dots, hyphens'));
const named = { name: nameSchema, label: wordSchema };
const tabular = {
  format: z.literal('table'),
  /** Of text files; what separates the titles is found by itself. */
  delimiter: z._default(z.enum(['auto', ',', ';', '|', '\t']), 'auto'),
  /** Of workbooks; the first sheet where it is left out. */
  sheet: z.optional(wordSchema),
  amounts: amountsSchema,
  times: timesSchema,
  /** A row whose first text begins so is a sum or a note: it is passed over when it reads as no transaction. */
  summaryWords: wordsSchema,
};

const gatewayTableSchema = z
  .strictObject({
    ...named,
    ...tabular,
    gateway: gatewayNameSchema,
    columns: z.strictObject({
      reference: z.optional(columnSchema),
      transactionId: z.optional(columnSchema),
      /** Day and time in one column; or the time in `paidTime`, and `formats` with one space between the two. */
      paidAt: columnSchema,
      paidTime: z.optional(columnSchema),
      /** Signed, or its direction by `kind`; or in `amount` what came in and in `amountOut` what went out. */
      amount: columnSchema,
      amountOut: z.optional(columnSchema),
      status: z.optional(columnSchema),
      kind: z.optional(columnSchema),
      bankCode: z.optional(columnSchema),
      account: z.optional(columnSchema),
      /** Terminal or partner code, held against `partners`. */
      partner: z.optional(columnSchema),
    }),
    /** Needs the column `status`; without the column every row is a success. */
    statuses: z.optional(
      z.strictObject({ success: wordsSchema, failed: wordsSchema, pending: wordsSchema, refund: wordsSchema }),
    ),
    /** Needs the column `kind`. `ignored` are rows that are no transaction of ours, such as fees. */
    kinds: z.optional(z.strictObject({ payment: wordsSchema, refund: wordsSchema, ignored: wordsSchema })),
    /** Whether a negative amount is a refund; it is a fault otherwise. */
    negativeIsRefund: z._default(z.boolean(), false),
    /** How far beyond midnight a row may lie and still belong to the day's file. */
    edgeSeconds: z._default(z.int().check(z.minimum(0), z.maximum(3600)), 0),
  })
  .check(
    z.refine(({ columns }) => columns.reference !== undefined || columns.transactionId !== undefined, {
      error: 'must name the reference, the transaction, or both',
      path: ['columns'],
    }),
    z.refine(({ columns, statuses }) => (columns.status === undefined) === (statuses === undefined), {
      error: 'must stand together with columns.status',
      path: ['statuses'],
    }),
    z.refine(({ columns, kinds }) => (columns.kind === undefined) === (kinds === undefined), {
      error: 'must stand together with columns.kind',
      path: ['kinds'],
    }),
  );
/** How one gateway's CSV or workbook is read. */
export type GatewayTable = z.infer<typeof gatewayTableSchema>;

const bankTableSchema = z.strictObject({
  ...named,
  ...tabular,
  columns: z.strictObject({
    bookedOn: columnSchema,
    amount: columnSchema,
    amountOut: z.optional(columnSchema),
    account: z.optional(columnSchema),
    content: z.optional(columnSchema),
    bankReference: z.optional(columnSchema),
  }),
});
export type BankTable = z.infer<typeof bankTableSchema>;

/** Codes by which a gateway names an account of ours in its files: terminal, partner or merchant code. */
const partnerSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  codes: z.array(wordSchema).check(z.minLength(1)),
});

/** What `config/<stage>/statement-layouts.json` says. The project layout, camt.053 and MT940 need no mapping. */
export const statementSettingsSchema = z.strictObject({
  partners: z.array(partnerSchema),
  gateways: z.array(gatewayTableSchema),
  banks: z.array(bankTableSchema),
});
export type StatementSettings = z.infer<typeof statementSettingsSchema>;

/** The order is that of longer tokens first, which a regular expression needs. */
const timeToken = /yyyy|yy|MM|dd|HH|hh|mm|SSS|ss|XXX|a/g;
const strptimeOf: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  yy: '%y',
  MM: '%m',
  dd: '%d',
  HH: '%H',
  hh: '%I',
  mm: '%M',
  ss: '%S',
  SSS: '%g',
  XXX: '%z',
  a: '%p',
};

export const unixFormats = ['unix-seconds', 'unix-milliseconds'] as const;

/** `dd/MM/yyyy` as the pattern that C's strptime takes. */
export function strptimeFormatOf(format: string): string {
  return format.replaceAll('%', '%%').replaceAll(timeToken, (token) => strptimeOf[token] ?? token);
}

function isTimeFormat(format: string): boolean {
  if (unixFormats.some((known) => known === format)) return true;
  const rest = format.replaceAll(timeToken, '').replaceAll('T', '');
  return /yy/.test(format) && format.includes('MM') && format.includes('dd') && !/[A-Za-z%']/.test(rest);
}

function isPatternWithGroup(pattern: string): boolean {
  try {
    return new RegExp(`${pattern}|`, 'u').exec('')?.length === 2;
  } catch {
    return false;
  }
}
