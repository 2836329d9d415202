/** Options of `npm run finance`, in the form of node:util; each command looks at its own. */
export const financeOptions = {
  help: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  csv: { type: 'string' },
  payment: { type: 'string' },
  dossier: { type: 'string' },
  id: { type: 'string' },
  money: { type: 'string' },
  proposal: { type: 'string' },
  amount: { type: 'string' },
  reason: { type: 'string' },
  why: { type: 'string' },
  decision: { type: 'string' },
  way: { type: 'string' },
  account: { type: 'string' },
  name: { type: 'string' },
  bank: { type: 'string' },
  reference: { type: 'string' },
  template: { type: 'string' },
  series: { type: 'string' },
  number: { type: 'string' },
  mst: { type: 'string' },
  wrong: { type: 'string', multiple: true },
  address: { type: 'string' },
  'tax-code': { type: 'string' },
  line: { type: 'string', multiple: true },
  gateway: { type: 'string' },
  merchant: { type: 'string' },
  class: { type: 'string' },
  owner: { type: 'string' },
  state: { type: 'string' },
  'from-age': { type: 'string' },
  overdue: { type: 'boolean', default: false },
  day: { type: 'string' },
  date: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  revision: { type: 'string' },
  person: { type: 'string' },
  end: { type: 'string' },
  note: { type: 'string' },
  evidence: { type: 'string' },
  kind: { type: 'string' },
  quarter: { type: 'string' },
  amendment: { type: 'string' },
  table: { type: 'string' },
  separator: { type: 'string' },
  out: { type: 'string' },
} as const;

type Settings = typeof financeOptions;
type ValueOf<Setting> = Setting extends { multiple: true }
  ? readonly string[]
  : Setting extends { type: 'boolean' }
    ? boolean
    : string;
export type FinanceOptions = { readonly [Name in keyof Settings]?: ValueOf<Settings[Name]> | undefined };

/** Which option a field of a request comes from, where they have other names. */
const optionNames: Readonly<Record<string, string>> = {
  paymentId: 'payment',
  refundId: 'id',
  correctionId: 'id',
  moneyKey: 'money',
  identity: 'money',
  amountVnd: 'amount',
  bankReference: 'reference',
  transferredOn: 'date',
  taxCode: 'mst',
  feeCode: 'line',
  quantity: 'line',
  dossierCode: 'dossier',
  fromAgeDays: 'from-age',
  isOverdue: 'overdue',
};

export function optionOf(field: string): string {
  return optionNames[field] ?? field;
}

/** @throws Error naming the option that is missing, and what it is for */
export function needed(value: string | undefined, option: string, what: string): string {
  if (value !== undefined && value !== '') return value;
  throw new Error(`Thiếu --${option}: ${what}. Xem npm run finance -- --help (missing, see --help).`);
}

/** A number as it is typed; what is none goes out as it is, and the interface says so. */
export function numberIn(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Fields that were given. */
export function given(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
