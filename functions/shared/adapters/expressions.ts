/**
 * A part of a conditional update: what it sets, when it may, and the names and values that it needs. Updates of the
 * ledger are sums of such clauses, so that a condition reads as the sentence it stands for.
 */
export interface Clause {
  readonly set?: readonly string[];
  readonly remove?: readonly string[];
  readonly when?: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Puts clauses together in the form that DynamoDB takes. */
export function updateOf(...clauses: readonly Clause[]) {
  const set = clauses.flatMap((clause) => clause.set ?? []);
  const remove = clauses.flatMap((clause) => clause.remove ?? []);
  const names = Object.fromEntries(clauses.flatMap((clause) => Object.entries(clause.names ?? {})));
  const values = Object.fromEntries(clauses.flatMap((clause) => Object.entries(clause.values ?? {})));
  return {
    UpdateExpression: [
      ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
      ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: clauses.flatMap((clause) => clause.when ?? []).join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}

/** `#name IN (...)`, for conditions that are derived from a table of transitions. */
export function isOneOf(path: string, words: readonly string[]): Clause {
  return {
    when: [`${path} IN (${words.map((word) => `:is_${word}`).join(', ')})`],
    values: Object.fromEntries(words.map((word) => [`:is_${word}`, word])),
  };
}
