import type { StaffRole } from '#schemas/staff-role.ts';

const everybody = ['clerk', 'approver', 'auditor', 'administrator'] as const;
const readers = ['clerk', 'approver', 'auditor'] as const;
const makers = ['clerk', 'approver'] as const;
const checkers = ['approver'] as const;
const keepers = ['administrator'] as const;

/**
 * Who may do what at the finance desk. That the maker of a thing never checks it is no matter of roles: the ledger holds
 * it in the condition of each write (DESIGN §4.10). Makers who may reject take back what is their own, and no more
 * (functions/finance-desk/routes/take-back.ts).
 */
export const rolesOfActions = {
  'me:read': everybody,
  'configuration:read': ['auditor', 'administrator'],
  'series:read': everybody,
  'series:close': keepers,

  'payment:read': readers,
  'receipt:read': readers,
  'report:read': readers,

  'money:read': readers,
  'assignment:propose': makers,
  'assignment:approve': checkers,
  'assignment:reject': makers,

  'refund:read': readers,
  'refund:request': makers,
  'refund:approve': checkers,
  'refund:reject': checkers,
  'refund:record-transfer': makers,

  'correction:read': readers,
  'correction:propose': makers,
  'correction:approve': checkers,
  'correction:reject': checkers,

  'exception:read': readers,
  'exception:work': makers,
  'exception:approve': checkers,
  'exception:reject': makers,

  'day:read': readers,
  'close:propose': makers,
  'close:approve': checkers,
  'close:reject': makers,
  'statement:upload': makers,
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>;

/** One kind of thing that is done at the finance desk. */
export type FinanceAction = keyof typeof rolesOfActions;

/** Whoever has several roles may do what any of them may. */
export function mayDo(roles: readonly StaffRole[], action: FinanceAction): boolean {
  const allowed: readonly StaffRole[] = rolesOfActions[action];
  return roles.some((role) => allowed.includes(role));
}

const actions = Object.keys(rolesOfActions).filter((name): name is FinanceAction =>
  Object.hasOwn(rolesOfActions, name),
);

/** All that somebody may do, for pages that show no button in vain. */
export function actionsOf(roles: readonly StaffRole[]): readonly FinanceAction[] {
  return actions.filter((action) => mayDo(roles, action));
}
