import { parseArgs } from 'node:util';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { checkStatement } from './reconcile-check.ts';
import { compareWithPlanted, makeDemo } from './reconcile-demo.ts';
import { reconcileFiles } from './reconcile-files.ts';
import {
  type DayOptions,
  type DemoOptions,
  type ReconcileTask,
  readTask,
  reconcileOptions,
} from './reconcile-options.ts';
import type { ReconcileOrder, Reconciling } from './reconcile-order.ts';
import { makeProgress } from './reconcile-progress.ts';
import { summaryOf } from './reconcile-summary.ts';
import { reconciledText, reconcileHelp, refusalText } from './reconcile-texts.ts';

/** The exit code: 0 reconciled, whatever was found; 1 a file is refused; 2 not understood, or not possible. */
type ExitCode = 0 | 1 | 2;

async function run(task: ReconcileTask): Promise<ExitCode> {
  switch (task.kind) {
    case 'help':
      process.stdout.write(`${reconcileHelp}\n`);
      return 0;
    case 'check':
      return tell(await checkStatement(task.options));
    case 'demo':
      return demonstrate(task.options);
    case 'day':
      return (await reconcileDay(orderOf(task.options))).kind === 'reconciled' ? 0 : 1;
  }
}

function tell({ text, exitCode }: { readonly text: string; readonly exitCode: ExitCode }): ExitCode {
  process.stdout.write(`${text}\n`);
  return exitCode;
}

/** The result goes to stdout in one line of JSON, everything that is said for a person to stderr. */
async function reconcileDay(order: ReconcileOrder): Promise<Reconciling> {
  const reconciling = await reconcileFiles(order, makeProgress(process.stderr));
  if (reconciling.kind === 'refused') process.stderr.write(`${refusalText(reconciling.refusals)}\n`);
  else {
    process.stderr.write(`${reconciledText(reconciling)}\n`);
    process.stdout.write(`${JSON.stringify(summaryOf(order, reconciling))}\n`);
  }
  return reconciling;
}

async function demonstrate(options: DemoOptions): Promise<ExitCode> {
  const { sample, order } = await makeDemo(options);
  const reconciling = await reconcileDay(order);
  if (reconciling.kind === 'refused') return 1;
  const { text, isExact } = compareWithPlanted(sample, reconciling);
  process.stderr.write(`\n${text}\n`);
  return isExact ? 0 : 1;
}

function orderOf(options: DayOptions): ReconcileOrder {
  const { gateway, merchant, day, ledger, statement, layout, account, bank, separator, stage, out } = options;
  const fee = { perTransactionVnd: options['fee-each'], millionths: options['fee-percent'] };
  const payIn = options['pay-in'];
  return {
    gateway,
    merchant,
    day,
    ledger,
    statements: statement,
    layout,
    accounts: account,
    bank:
      bank === undefined
        ? undefined
        : {
            file: bank,
            bookedOn: options['bank-day'] ?? day,
            layout: options['bank-layout'],
            content: options['bank-content'],
            fee,
            payIn:
              payIn === undefined
                ? undefined
                : { file: payIn, bookedOn: options['pay-in-day'] ?? day, keptVnd: options.kept },
          },
    settings: loadStatementLayouts(stage),
    separator,
    matched: options.matched,
    out,
  };
}

try {
  const { values } = parseArgs({ options: reconcileOptions });
  process.exitCode = await run(readTask(values));
} catch (fault) {
  process.stderr.write(`Không đối soát được (failed): ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 2;
}
