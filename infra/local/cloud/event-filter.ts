import * as z from 'zod';

/**
 * Lambda's event filtering: a pattern is an object like the event, whose leaves list what may stand there.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export interface EventFilter {
  readonly matches: (event: unknown) => boolean;
}

const objectSchema = z.record(z.string(), z.unknown());

/**
 * Makes a filter of an event source mapping's patterns; an event passes when one of them matches, or when there
 * is none.
 * @throws Error on an operator that is not known here: passing over it would change what reaches the function
 */
export function makeEventFilter(patterns: readonly string[]): EventFilter {
  const readPatterns = patterns.map((pattern) => objectSchema.parse(JSON.parse(pattern)));
  for (const pattern of readPatterns) assertKnown(pattern);
  return {
    matches: (event) => readPatterns.length === 0 || readPatterns.some((pattern) => matchesObject(pattern, event)),
  };
}

type Pattern = Readonly<Record<string, unknown>>;

function matchesObject(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([name, expected]) => {
    if (name === '$or')
      return z
        .array(objectSchema)
        .parse(expected)
        .some((part) => matchesObject(part, event));
    const value = memberOf(event, name);
    if (Array.isArray(expected)) return expected.some((rule: unknown) => matchesRule(rule, value));
    return matchesObject(objectSchema.parse(expected), value);
  });
}

function memberOf(event: unknown, name: string): unknown {
  const object = objectSchema.safeParse(event);
  return object.success && Object.hasOwn(object.data, name) ? object.data[name] : undefined;
}

type Operator = (operand: unknown, value: unknown) => boolean;

const operators: Readonly<Record<string, Operator>> = {
  exists: (operand, value) => (value !== undefined) === operand,
  prefix: (operand, value) => typeof value === 'string' && value.startsWith(String(operand)),
  suffix: (operand, value) => typeof value === 'string' && value.endsWith(String(operand)),
  'equals-ignore-case': (operand, value) =>
    typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase(),
  'anything-but': (operand, value) =>
    value !== undefined && !excluded(operand).some((rule) => matchesRule(rule, value)),
  numeric: matchesNumber,
};

function excluded(operand: unknown): unknown[] {
  return Array.isArray(operand) ? operand : [operand];
}

/** A rule is a literal or an object with one operator. */
function matchesRule(rule: unknown, value: unknown): boolean {
  if (rule === null || typeof rule !== 'object') return rule === value;
  return Object.entries(rule).every(([name, operand]) => operators[name]?.(operand, value) ?? false);
}

/** `[">", 0, "<=", 100]`; DynamoDB's numbers are texts, which a numeric rule reads as numbers. */
function matchesNumber(operand: unknown, value: unknown): boolean {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number) || !Array.isArray(operand)) return false;
  for (let place = 0; place + 1 < operand.length; place += 2) {
    if (!compare(number, String(operand[place]), Number(operand[place + 1]))) return false;
  }
  return true;
}

function compare(number: number, sign: string, bound: number): boolean {
  if (sign === '=') return number === bound;
  if (sign === '<') return number < bound;
  if (sign === '<=') return number <= bound;
  if (sign === '>') return number > bound;
  return sign === '>=' && number >= bound;
}

function assertKnown(pattern: Pattern): void {
  for (const [name, expected] of Object.entries(pattern)) {
    if (!Array.isArray(expected)) assertKnown(objectSchema.parse(expected));
    else if (name === '$or') for (const part of expected) assertKnown(objectSchema.parse(part));
    else for (const rule of expected) assertKnownRule(name, rule);
  }
}

function assertKnownRule(name: string, rule: unknown): void {
  if (rule === null || typeof rule !== 'object') return;
  const unknown = Object.keys(rule).find((operator) => operators[operator] === undefined);
  if (unknown === undefined) return;
  throw new Error(
    `The event filter of "${name}" uses the operator "${unknown}", which the local runner does not know: ` +
      'add it to infra/local/cloud/event-filter.ts.',
  );
}
