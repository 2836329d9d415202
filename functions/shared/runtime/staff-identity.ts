import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { ProblemOf } from '#schemas/problem.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { type StaffRole, staffRoleSchema } from '#schemas/staff-role.ts';
import type { StaffMember } from '#shared/domain/staff-route.ts';
import { claimsOf } from './caller.ts';

/** Which claims of an access token say who somebody is and what: providers name them differently. */
export interface StaffClaims {
  readonly code: string;
  readonly roles: string;
}

export type Identification =
  | { readonly kind: 'staff'; readonly staff: StaffMember }
  | { readonly kind: 'nobody'; readonly problem: ProblemOf };

/**
 * Who asks, by a token that API Gateway has verified. A token without a staff code is refused, since an act without a name
 * could be anybody's; so is the token of a program.
 */
export function identifyStaff(
  event: Pick<APIGatewayProxyEventV2, 'requestContext'>,
  claims: StaffClaims,
): Identification {
  const given = claimsOf(event);
  const code = staffCodeSchema.safeParse(given[claims.code]);
  if (code.success) return { kind: 'staff', staff: { code: code.data, roles: rolesIn(given[claims.roles]) } };
  return {
    kind: 'nobody',
    problem: {
      code: 'no-staff-code',
      title: 'Thẻ đăng nhập không mang mã cán bộ (no staff code)',
      status: 403,
      detail: `Claim ${claims.code} của thẻ phải là mã cán bộ: 2 đến 40 chữ thường, chữ số, dấu chấm hay gạch nối. Có thể tài khoản chưa được gán mã. Hãy nhờ quản trị hệ thống đăng nhập. (The claim ${claims.code} of the token must hold a staff code.)`,
    },
  };
}

/** API Gateway writes a list as `[clerk approver]`. What is no role of ours belongs to other programs. */
function rolesIn(claim: unknown): readonly StaffRole[] {
  const words = z.string().safeParse(claim);
  const names = words.success ? words.data.replace(/^\[|\]$/g, '').split(/[\s,]+/) : [];
  return staffRoleSchema.options.filter((role) => names.includes(role));
}
