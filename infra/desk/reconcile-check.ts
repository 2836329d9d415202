import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { openEngine } from '#shared/reconciling/engine.ts';
import { describeExplanation, explainStatement } from '#shared/reconciling/statements/explain-statement.ts';
import type { CheckOptions } from './reconcile-options.ts';

/** Shows how a file would be read, for whoever sets a mapping up. */
export async function checkStatement(
  options: CheckOptions,
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const { gateway, merchant, day, statement, layout, stage } = options;
  const tempFolder = await mkdtemp(join(tmpdir(), 'bien-lai-check-'));
  const engine = await openEngine({ memoryLimit: '600MB', tempFolder });
  try {
    const explanation = await explainStatement(engine, statement[0], {
      gateway,
      day,
      settings: loadStatementLayouts(stage),
      ...(merchant === undefined ? {} : { merchant }),
      ...(layout === undefined ? {} : { layout }),
    });
    const text = describeExplanation(explanation).join('\n');
    return { text, exitCode: explanation.faults.length === 0 ? 0 : 1 };
  } finally {
    engine.close();
    await rm(tempFolder, { recursive: true, force: true });
  }
}
