import { type BusinessDate, businessDateSchema } from '#schemas/ids.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import type { Engine } from '#shared/reconciling/engine.ts';
import { setAsideStatement } from '#shared/reconciling/matching/sides.ts';
import type { RefusedStatement } from '#shared/reconciling/statements/fault-list.ts';
import { type LoadedStatement, loadStatement } from '#shared/reconciling/statements/load-statement.ts';
import { readProjectHeader } from '#shared/reconciling/statements/project-file.ts';
import type { ReadFile, ReconcileOrder, Refusal } from './reconcile-order.ts';

/**
 * Reads the day's own statement into the table `statement`, and those of its neighbours to be matched with. Which file is
 * whose the project layout says in its first line; of other layouts the first file is the day's own.
 */
export async function loadStatements(
  engine: Engine,
  order: ReconcileOrder,
  read: ReadFile,
): Promise<readonly Refusal[]> {
  const days = await Promise.all(order.statements.map(dayInHeader));
  const named = days.indexOf(order.day);
  const own = named === -1 ? 0 : named;
  const refusals: Refusal[] = [];
  for (const [index, file] of order.statements.entries()) {
    if (index === own) continue;
    refusals.push(...(await read(file, () => loadNeighbour(engine, file, order, days[index]))));
  }
  const ownFile = order.statements[own] ?? '';
  return [...refusals, ...(await read(ownFile, () => load(engine, ownFile, order)))];
}

/** A file of another layout tells its day by its rows: it is of whichever neighbour takes it. */
async function loadNeighbour(
  engine: Engine,
  file: string,
  order: ReconcileOrder,
  day: BusinessDate | undefined,
): Promise<LoadedStatement> {
  const neighbours = [dayAfter(order.day, -1), dayAfter(order.day)];
  const candidates = neighbours.filter((each) => day === undefined || each === day);
  let refused: RefusedStatement | undefined;
  for (const candidate of candidates.length === 0 ? neighbours : candidates) {
    const loaded = await load(engine, file, { ...order, day: candidate });
    if (loaded.kind === 'loaded') {
      await setAsideStatement(engine, candidate);
      return loaded;
    }
    refused = refused === undefined || isOtherDay(refused) ? loaded : refused;
  }
  return refused ?? load(engine, file, order);
}

function isOtherDay({ faults }: RefusedStatement): boolean {
  return faults.some(({ code }) => code === 'wrong-day');
}

function load(engine: Engine, file: string, { gateway, merchant, day, settings, layout }: ReconcileOrder) {
  return loadStatement(engine, file, {
    gateway,
    day,
    settings,
    isForComparison: true,
    ...(merchant === undefined ? {} : { merchant }),
    ...(layout === undefined ? {} : { layout }),
  });
}

async function dayInHeader(file: string): Promise<BusinessDate | undefined> {
  const header = await readProjectHeader(file);
  if (header === undefined || 'code' in header) return undefined;
  return businessDateSchema.safeParse(header.day.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')).data;
}
