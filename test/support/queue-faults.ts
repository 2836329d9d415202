import type { SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** What becomes of one entry of a batch that the queue answers with HTTP 200. */
export type EntryFault =
  /** Refused for now, for a reason of the queue's. */
  | 'busy'
  /** Refused for good, for a reason of the sender's. */
  | 'unacceptable'
  /** Neither taken nor named in the answer. */
  | 'forgotten';

export interface FaultyQueue {
  /** The entries of each batch that was sent, by the ids of their events. */
  readonly batches: readonly (readonly string[])[];
  readonly stop: () => void;
}

const commandSchema = z.object({ Entries: z.array(z.custom<SendMessageBatchRequestEntry>()) });

/**
 * Makes single entries of batches fail, as SQS may and the local engine never does; the others reach the engine.
 * @param faultOf says for an event's id, and how often it was tried before, what shall become of it
 */
export function failEntries(
  client: SQSClient,
  faultOf: (eventId: string, triesBefore: number) => EntryFault | undefined,
): FaultyQueue {
  const batches: string[][] = [];
  const name = 'failing-entries';
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'SendMessageBatchCommand') return next(args);
        const { Entries: entries } = commandSchema.parse(args.input);
        const triesBefore = (id: string) => batches.flat().filter((other) => other === id).length;
        const faults = new Map(entries.map(({ Id: id = '' }) => [id, faultOf(id, triesBefore(id))]));
        batches.push([...faults.keys()]);
        const taken = entries.filter(({ Id: id = '' }) => faults.get(id) === undefined);
        const refused = [...faults].flatMap(([id, fault]) => refusalOf(id, fault));
        if (taken.length === 0) return { response: {}, output: { $metadata: {}, Failed: refused } };
        const answer = await next({ ...args, input: { ...args.input, Entries: taken } });
        return { ...answer, output: { ...answer.output, Failed: refused } };
      },
    { step: 'initialize', name },
  );
  return { batches, stop: () => void client.middlewareStack.remove(name) };
}

function refusalOf(id: string, fault: EntryFault | undefined) {
  if (fault === 'busy') return [{ Id: id, Code: 'InternalError', Message: 'try again', SenderFault: false }];
  if (fault === 'unacceptable') return [{ Id: id, Code: 'InvalidMessageContents', SenderFault: true }];
  return [];
}
