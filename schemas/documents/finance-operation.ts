/** One thing that finance staff may ask over HTTP. Names with a capital are schemas. */
export interface FinanceOperation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly id: string;
  /** Vietnamese first. */
  readonly summary: string;
  /** What a role must allow; who may do what stands in `functions/shared/domain/finance-roles.ts`. */
  readonly action: string;
  readonly query?: readonly string[];
  readonly body?: string;
  /** Absent where the answer is a file and nothing else. */
  readonly answer?: string;
  /** Given as a file: by `format`, where there is an answer too. */
  readonly files?: readonly string[];
  /** What the business refuses with 409, and whether there may be no such thing. */
  readonly refuses?: string;
  readonly mayBeUnknown?: boolean;
}

export const pageQuery = ['limit', 'after'];

export const get = (path: string, rest: Omit<FinanceOperation, 'method' | 'path'>): FinanceOperation => ({
  method: 'get',
  path,
  ...rest,
});
export const post = (path: string, rest: Omit<FinanceOperation, 'method' | 'path'>): FinanceOperation => ({
  method: 'post',
  path,
  ...rest,
});
