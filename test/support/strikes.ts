import { countRequests, type Fault, type FaultKind, injectFault } from './faults.ts';
import { type Finisher, type MainPath, makeMainPath, type PathEnd, type Way } from './main-path.ts';

/** One request of a walk: the nth of its command through one of the clients. */
export interface SentRequestName {
  readonly client: keyof MainPath['clients'];
  readonly command: string;
  readonly nth: number;
}

/** A request that is struck once, and how. */
export interface Strike extends SentRequestName, Pick<Fault, 'kind' | 'seenBy'> {}

/** What each write can meet. Conflicts are between items of a table; only transactions are cancelled with reasons. */
export const faultsOfWrites: Readonly<Record<string, readonly FaultKind[]>> = {
  TransactWriteItemsCommand: [
    'throttle',
    'throttle-reason',
    'conflict',
    'conflict-reason',
    'committed-then-timeout',
    'never-sent',
  ],
  UpdateItemCommand: ['throttle', 'conflict', 'committed-then-timeout', 'never-sent'],
  PutItemCommand: ['throttle', 'conflict', 'committed-then-timeout', 'never-sent'],
  PutObjectCommand: ['throttle', 'conditional-conflict', 'committed-then-timeout', 'never-sent'],
  SendMessageBatchCommand: ['throttle', 'committed-then-timeout', 'never-sent'],
};

export interface CleanWalk {
  readonly end: PathEnd;
  readonly requests: readonly SentRequestName[];
}

/** Goes the way without any fault and lists everything that was sent. */
export async function walkClean(way: Way, finisher: Finisher): Promise<CleanWalk> {
  const path = await makeMainPath();
  try {
    const counts = {
      ledger: countRequests(path.clients.ledger),
      archive: countRequests(path.clients.archive),
      queue: countRequests(path.clients.queue),
    };
    await path.walk(way, finisher);
    const requests = (['ledger', 'archive', 'queue'] as const).flatMap((client) =>
      named(
        client,
        counts[client].sent.map(({ command }) => command),
      ),
    );
    return { end: await path.readEnd(), requests };
  } finally {
    await path.stop();
  }
}

function named(client: SentRequestName['client'], commands: readonly string[]): SentRequestName[] {
  return commands.map((command, index) => {
    const nth = commands.slice(0, index + 1).filter((other) => other === command).length;
    return { client, command, nth };
  });
}

export function writesOf({ requests }: CleanWalk): readonly SentRequestName[] {
  return requests.filter(({ command }) => command in faultsOfWrites);
}

/** Goes the way while the requests are struck. @throws Error when one of them was not sent, so that nothing is tried in vain */
export async function walkStruck(way: Way, finisher: Finisher, ...strikes: readonly Strike[]): Promise<PathEnd> {
  const path = await makeMainPath();
  try {
    const faults = strikes.map(({ client, ...fault }) => injectFault(path.clients[client], fault));
    await path.walk(way, finisher);
    if (faults.some((fault) => fault.struck() !== 1)) throw new Error(`not struck: ${JSON.stringify(strikes)}`);
    return await path.readEnd();
  } finally {
    await path.stop();
  }
}
