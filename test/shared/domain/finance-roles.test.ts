import { describe, expect, it } from '@jest/globals';
import { staffRoleSchema } from '#schemas/staff-role.ts';
import { actionsOf, mayDo, rolesOfActions } from '#shared/domain/finance-roles.ts';

/** Who may do what, as finance staff agreed on it: one line for each action, one mark for each role. */
const table = `
                        clerk  approver  auditor  administrator
me:read                 x      x         x        x
configuration:read      -      -         x        x
series:read             x      x         x        x
series:close            -      -         -        x
payment:read            x      x         x        -
receipt:read            x      x         x        -
report:read             x      x         x        -
money:read              x      x         x        -
assignment:propose      x      x         -        -
assignment:approve      -      x         -        -
assignment:reject       x      x         -        -
refund:read             x      x         x        -
refund:request          x      x         -        -
refund:approve          -      x         -        -
refund:reject           -      x         -        -
refund:record-transfer  x      x         -        -
correction:read         x      x         x        -
correction:propose      x      x         -        -
correction:approve      -      x         -        -
correction:reject       -      x         -        -
exception:read          x      x         x        -
exception:work          x      x         -        -
exception:approve       -      x         -        -
exception:reject        x      x         -        -
day:read                x      x         x        -
close:propose           x      x         -        -
close:approve           -      x         -        -
close:reject            x      x         -        -
statement:upload        x      x         -        -`;

const [head = [], ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/));
const roles = head.map((name) => staffRoleSchema.parse(name));

describe('who may do what at the finance desk', () => {
  it('is said for every role and every action', () => {
    expect(roles).toEqual(staffRoleSchema.options);
    expect(lines.map(([action]) => action)).toEqual(Object.keys(rolesOfActions));
  });

  it.each(lines)('%s', (name, ...marks) => {
    const action = actionsOf(staffRoleSchema.options).find((known) => known === name);
    if (action === undefined) throw new Error(`there is no action ${name}`);
    expect(roles.map((role) => (mayDo([role], action) ? 'x' : '-'))).toEqual(marks);
  });

  it('leaves nothing to who has no role, and an auditor nothing to change', () => {
    expect(actionsOf([])).toEqual([]);
    expect(actionsOf(['auditor']).filter((action) => !action.endsWith(':read'))).toEqual([]);
  });

  it('adds up for who has several roles', () => {
    const both = actionsOf(['auditor', 'administrator']);
    expect(new Set(both)).toEqual(new Set([...actionsOf(['auditor']), ...actionsOf(['administrator'])]));
  });
});
