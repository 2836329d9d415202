/** What became of one vector. */
export type Verdict =
  | { readonly status: 'passed'; readonly name: string }
  | { readonly status: 'failed'; readonly name: string; readonly differences: readonly string[] }
  | { readonly status: 'skipped'; readonly name: string; readonly because: string };

/** Runs one vector's comparison; a check that throws is a failed vector, not the end of the run. */
export function judge(name: string, findDifferences: () => readonly string[]): Verdict {
  try {
    const differences = findDifferences();
    return differences.length === 0 ? { status: 'passed', name } : { status: 'failed', name, differences };
  } catch (fault) {
    return { status: 'failed', name, differences: [`threw ${String(fault)}`] };
  }
}

/** One line per fact that is not as expected. A list of expected values means any of them. */
export function differencesOf(
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys(expected).flatMap((fact) => {
    const wanted = expected[fact];
    const accepted: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    return accepted.some((value) => Object.is(value, actual[fact]))
      ? []
      : [`${fact}: expected ${accepted.map(show).join(' or ')}, actual ${show(actual[fact])}`];
  });
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}... (${text.length} characters)` : text;
}
