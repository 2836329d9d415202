import { basename } from 'node:path';
import type { ReconciliationClass } from '#schemas/reconciliation.ts';
import { type ClassTally, reconciliationClasses } from '#shared/domain/reconciliation.ts';
import type { Reconciled, ReconcileOrder } from './reconcile-order.ts';

/** What a run says to other programs, in one line. */
export function summaryOf(order: ReconcileOrder, reconciled: Omit<Reconciled, 'kind'>): object {
  const { gateway, merchant, day } = order;
  const { figures, ledger, bank, payIn, results } = reconciled;
  return {
    classes: talliesOf(figures.classes),
    gateway,
    merchant,
    day,
    exceptions: results.exceptions,
    ignored: figures.ignored,
    statement: figures.statement,
    ledger,
    bank,
    payIn,
    files: results.files.map((file) => basename(file)),
  };
}

/** Every class has its place, also the empty ones. */
function talliesOf(classes: Reconciled['figures']['classes']): Readonly<Record<string, ClassTally>> {
  const tallyOf = (name: ReconciliationClass): ClassTally => {
    const { count, sum } = classes[name] ?? { count: 0, sum: 0 };
    return { count, sum };
  };
  return Object.fromEntries(reconciliationClasses.map((name) => [name, tallyOf(name)]));
}
