import { deskOperations } from './desk-operations.ts';
import type { FinanceOperation } from './finance-operation.ts';
import { moneyOperations } from './money-operations.ts';
import { referenceTo } from './named-schemas.ts';
import { reconciliationOperations } from './reconciliation-operations.ts';

const text = { type: 'string' };
/** What stands in an address, where it is more than a word. */
const schemaOf: Readonly<Record<string, object>> = {
  paymentId: referenceTo('PaymentId'),
  refundId: referenceTo('RefundId'),
  correctionId: referenceTo('CorrectionId'),
  exceptionId: referenceTo('ExceptionId'),
  taxCode: referenceTo('TaxCode'),
  dossierCode: referenceTo('DossierCode'),
  month: referenceTo('Month'),
  day: referenceTo('BusinessDate'),
  date: referenceTo('BusinessDate'),
  from: referenceTo('BusinessDate'),
  to: referenceTo('BusinessDate'),
  limit: { type: 'integer', minimum: 1, maximum: 500, default: 200 },
  fromAgeDays: { type: 'integer', minimum: 0 },
  isOverdue: { type: 'boolean' },
  amendment: { type: 'integer', minimum: 1 },
  separator: { type: 'string', enum: [',', ';'], default: ',' },
  table: { type: 'string', enum: ['', 'tong-hop', 'day-so', 'theo-loai', 'can-doi', 'tuoi'], default: '' },
  quarter: { type: 'string', pattern: '^20\\d\\d-Q[1-4]$' },
};

const meaningOf: Readonly<Record<string, string>> = {
  after: '`next` of the page before',
  format:
    '`json` (as described here), `csv`, `xlsx`, and `xml` for BC26; of a day’s balance `pdf` (unless told) and `xlsx`',
  series: 'Symbols as printed; in reports several of them, separated by commas',
  table: 'Which table of a report CSV holds: the main one when it is left out',
  owner: 'A staff code or a desk',
};

/** The addresses of OpenAPI for finance staff. */
export function financePaths(): Readonly<Record<string, object>> {
  const operations = [...deskOperations, ...moneyOperations, ...reconciliationOperations];
  const paths = Map.groupBy(operations, ({ path }) => path);
  return Object.fromEntries(
    [...paths].map(([path, ofPath]) => [
      path,
      {
        ...parametersIn(path),
        ...Object.fromEntries(ofPath.map((operation) => [operation.method, describe(operation)])),
      },
    ]),
  );
}

function parametersIn(path: string): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  if (names.length === 0) return {};
  return { parameters: names.map((name) => ({ name, in: 'path', required: true, schema: schemaOf[name] ?? text })) };
}

function describe(operation: FinanceOperation) {
  const { id, summary, action, query = [], body } = operation;
  return {
    operationId: id,
    summary,
    'x-action': action,
    security: [{ financeStaff: ['finance'] }],
    ...(query.length === 0 ? {} : { parameters: query.map(queryParameter) }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: responsesOf(operation),
  };
}

/** `series!` must be given. */
function queryParameter(word: string) {
  const name = word.replace('!', '');
  const description = meaningOf[name];
  return {
    name,
    in: 'query',
    required: word.endsWith('!'),
    ...(description === undefined ? {} : { description }),
    schema: schemaOf[name] ?? text,
  };
}

function responsesOf({ method, answer, files = [], refuses, mayBeUnknown = false }: FinanceOperation) {
  const binary = Object.fromEntries(files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
  return {
    '200': {
      description: 'As it stands now. Asked again, the same is done once.',
      content: { ...(answer === undefined ? {} : json(answer)), ...binary },
    },
    ...(method === 'post' ? { '400': problem('Not JSON in UTF-8, or a key stands twice.') } : {}),
    '401': { description: 'The token is missing, has expired, or is of another issuer or audience.' },
    '403': problem('`role-forbids`, `no-staff-code`; `same-person`: who proposed may not decide.'),
    ...(mayBeUnknown ? { '404': problem('There is no such thing.') } : {}),
    ...(refuses === undefined ? {} : { '409': problem(`Refused, with the reason in Vietnamese: ${refuses}.`) }),
    '422': problem('Fields cannot be accepted: `errors` names each with its fault.'),
    '429': { description: 'Too many requests: wait and repeat.' },
    '500': problem('A fault of ours: the request may be repeated as it is, and has the same effect once.'),
  };
}

const json = (name: string) => ({ 'application/json': { schema: referenceTo(name) } });

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: referenceTo('Problem') } },
});
