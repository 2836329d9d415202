/** A route of the HTTP API, as the template declares it. */
export interface HttpRoute {
  /** `GET /v1/payments/{paymentId}`, `ANY /callbacks/{gateway}/{merchant}` or `$default`. */
  readonly routeKey: string;
  /** Logical id of the function behind it. */
  readonly functionId: string;
  /** Who checks tokens, and the scopes of which a token must have one; absent: the route is open. */
  readonly guard?: { readonly authorizerId: string; readonly scopes: readonly string[] };
}

export interface MatchedRoute extends HttpRoute {
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the most specific route, in API Gateway's order: literal parts before variables, a method before `ANY`. */
export function matchRoute(routes: readonly HttpRoute[], method: string, path: string): MatchedRoute | undefined {
  const matches = routes.flatMap((route) => {
    const pathParameters = parametersOf(route.routeKey, method, path);
    return pathParameters === undefined ? [] : [{ ...route, pathParameters }];
  });
  return matches.toSorted((a, b) => generalityOf(a.routeKey).localeCompare(generalityOf(b.routeKey)))[0];
}

function parametersOf(routeKey: string, method: string, path: string): Record<string, string> | undefined {
  if (routeKey === '$default') return {};
  const [routeMethod, pattern = ''] = routeKey.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const given = path.split('/');
  const parameters: [string, string][] = [];
  for (const part of pattern.split('/')) {
    const value = given.shift();
    const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? [];
    if (value === undefined || (name === undefined && value !== part) || (name !== undefined && value === ''))
      return undefined;
    if (name === undefined) continue;
    parameters.push([name, greedy === '+' ? [value, ...given.splice(0)].join('/') : value]);
  }
  return given.length === 0 ? Object.fromEntries(parameters) : undefined;
}

/** Sorts as text: for each part 0 = literal, 1 = variable, 2 = the rest of the path; then the method. */
function generalityOf(routeKey: string): string {
  if (routeKey === '$default') return '9';
  const [method, pattern = ''] = routeKey.split(' ');
  const parts = pattern.split('/').map((part) => {
    if (!part.startsWith('{')) return '0';
    return part.endsWith('+}') ? '2' : '1';
  });
  return `${parts.join('')}${method === 'ANY' ? '1' : '0'}`;
}
