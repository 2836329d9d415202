import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { mayDo } from '#shared/domain/finance-roles.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { StaffAnswer, StaffMember, StaffRoute } from '#shared/domain/staff-route.ts';
import { faultyFields, json, problem, readJsonBody } from './http.ts';
import { identifyStaff, type StaffClaims } from './staff-identity.ts';

type Answer = APIGatewayProxyStructuredResultV2;

export interface StaffApiNeeds {
  readonly routes: readonly StaffRoute[];
  readonly claims: StaffClaims;
  readonly logNews: LogNews;
}

/**
 * Answers what finance staff ask over HTTP: who asks, what is asked, whether their role may, whether it can be read, in this
 * order. Whatever was allowed is logged with who did it and to what, also when it failed.
 */
export function makeStaffApi(needs: StaffApiNeeds): (event: APIGatewayProxyEventV2) => Promise<Answer> {
  const { claims, logNews } = needs;
  const findRoute = makeRouter(needs.routes);
  return async (event) => {
    const identified = identifyStaff(event, claims);
    if (identified.kind === 'nobody') {
      logNews('FINANCE_REFUSED', { why: identified.problem.code });
      return problem(identified.problem);
    }
    const { staff } = identified;
    const found = findRoute(event.requestContext.http.method, event.rawPath);
    if (found.kind !== 'found') return found.answer;
    const { action } = found.route;
    if (!mayDo(staff.roles, action)) {
      logNews('FINANCE_REFUSED', { staff: staff.code, action, why: 'role' });
      return problem(notYours(staff, action));
    }
    return act(found, staff, event, logNews);
  };
}

interface FoundRoute {
  readonly kind: 'found';
  readonly route: StaffRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

async function act(
  { route, parameters }: FoundRoute,
  staff: StaffMember,
  event: APIGatewayProxyEventV2,
  logNews: LogNews,
): Promise<Answer> {
  const body = readBody(event);
  if (!body.ok) return body.answer;
  const query = definedIn(event.queryStringParameters);
  const reading = route.read({ parameters, query, body: body.body }, staff);
  if (reading.kind === 'no-such-place') return problem(noSuchPlace);
  if (reading.kind === 'faulty') return faultyFields(reading.faults, reading.of);
  let status = 500;
  try {
    const answer = answerOf(await reading.answer());
    status = answer.statusCode ?? status;
    return answer;
  } finally {
    logNews('FINANCE_ACT', { staff: staff.code, action: route.action, object: reading.object, status });
  }
}

/** Approving needs no more than the path, so a body may be missing. */
function readBody(event: APIGatewayProxyEventV2): ReturnType<typeof readJsonBody<unknown>> {
  return (event.body ?? '') === '' ? { ok: true, body: undefined } : readJsonBody(event, z.unknown());
}

function definedIn(query: APIGatewayProxyEventV2['queryStringParameters'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function answerOf(answer: StaffAnswer): Answer {
  switch (answer.kind) {
    case 'json':
      return json(200, answer.body);
    case 'problem':
      return problem(answer.problem);
    case 'file':
      return {
        statusCode: 200,
        headers: {
          'content-type': answer.contentType,
          'content-disposition': `attachment; filename="${answer.name}"`,
          'cache-control': 'no-store',
        },
        body: Buffer.from(answer.bytes).toString('base64'),
        isBase64Encoded: true,
      };
  }
}

type Found = FoundRoute | { readonly kind: 'none'; readonly answer: Answer };

function makeRouter(routes: readonly StaffRoute[]): (method: string, path: string) => Found {
  const known = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (method, path) => {
    const there = known.flatMap(({ route, pattern }) => {
      const match = pattern.exec(path);
      return match === null ? [] : [{ kind: 'found', route, parameters: { ...match.groups } } as const];
    });
    const found = there.find(({ route }) => route.method === method);
    if (found !== undefined) return found;
    if (there.length === 0) return { kind: 'none', answer: problem(noSuchPlace) };
    const allow = there.map(({ route }) => route.method).join(', ');
    const answer = problem({ ...wrongMethod, detail: `This address takes ${allow}, and not ${method}.` });
    return { kind: 'none', answer: { ...answer, headers: { ...answer.headers, allow } } };
  };
}

/** `/refunds/{paymentId}` as a pattern with a group for each name. */
function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => part.replace(/^\{(\w+)\}$/, '(?<$1>[^/]+)'));
  return new RegExp(`^${parts.join('/')}$`);
}

const noSuchPlace = {
  code: 'no-such-place',
  title: 'Không có địa chỉ này (no such place)',
  status: 404,
  detail: 'Nothing of the finance desk has this address. Was an id mistyped?',
} as const;

const wrongMethod = { code: 'wrong-method', title: 'Sai phương thức (wrong method)', status: 405 } as const;

function notYours({ code, roles }: StaffMember, action: string) {
  const held = roles.length === 0 ? 'không có vai trò nào' : `có vai trò ${roles.join(', ')}`;
  return {
    code: 'role-forbids',
    title: 'Vai trò không cho phép (role forbids)',
    status: 403,
    detail: `Việc ${action} không thuộc vai trò của ${code}, người ${held}. Có thể đang đăng nhập bằng tài khoản khác. Hãy nhờ người có thẩm quyền, hoặc nhờ quản trị gán vai trò. (The role does not allow ${action}.)`,
  } as const;
}
