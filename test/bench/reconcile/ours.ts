import { join } from 'node:path';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { reconcileFiles } from '#infra/desk/reconcile-files.ts';
import { makeProgress } from '#infra/desk/reconcile-progress.ts';
import { businessDateSchema, gatewayNameSchema } from '#schemas/ids.ts';
import type { BenchFiles, Found } from './contenders.ts';
import { day } from './million-rows.ts';

/** What `npm run reconcile` does: read, check, match, and write exceptions, book and pairs. */
export async function reconcile({
  ledger,
  statement,
  folder,
}: BenchFiles): Promise<Found & { readonly classes: object }> {
  const order = {
    gateway: gatewayNameSchema.parse('vnpay'),
    day: businessDateSchema.parse(day),
    ledger,
    statements: [statement],
    accounts: [],
    settings: loadStatementLayouts('dev'),
    separator: ',',
    matched: false,
    out: join(folder, 'results'),
  } as const;
  const reconciling = await reconcileFiles(order, makeProgress({ write: () => true }));
  if (reconciling.kind === 'refused') throw new Error(JSON.stringify(reconciling.refusals));
  const { classes } = reconciling.figures;
  const both = [classes.KHOP, classes.LECH_TIEN, classes.LECH_TRANG_THAI, classes.THIEU_BIEN_LAI];
  return {
    joined: both.reduce((count, figures) => count + (figures?.count ?? 0), 0),
    sum: both.reduce((sum, figures) => sum + (figures?.sum ?? 0), 0),
    classes: Object.fromEntries(Object.entries(classes).map(([name, { count }]) => [name, count])),
  };
}
