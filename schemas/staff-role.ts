import * as z from 'zod/mini';

/**
 * What a member of the finance staff is, as the identity provider says:
 * - `clerk` makes: asks for refunds, proposes, follows exceptions, uploads statements;
 * - `approver` checks what somebody else made, and may also make;
 * - `auditor` reads everything and changes nothing;
 * - `administrator` sees to series and configuration, and never to money.
 */
export const staffRoleSchema = z
  .enum(['clerk', 'approver', 'auditor', 'administrator'])
  .register(z.globalRegistry, { id: 'StaffRole', title: 'Vai trò' });
export type StaffRole = z.infer<typeof staffRoleSchema>;
