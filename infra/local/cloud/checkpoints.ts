import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

const positionsSchema = z.strictObject({
  streamArn: z.string(),
  shards: z.record(z.string(), z.strictObject({ sequenceNumber: z.string().optional(), finished: z.boolean() })),
});
type Positions = z.infer<typeof positionsSchema>;
export type ShardPosition = Positions['shards'][string];

/** How far one consumer has read one stream, on disk, so that nothing acknowledged is lost by a kill. */
export interface Checkpoints {
  readonly positionOf: (shardId: string) => ShardPosition | undefined;
  readonly save: (shardId: string, position: ShardPosition) => Promise<void>;
}

/** Opens a consumer's file; positions of another stream (the table was made anew) count for nothing. */
export async function openCheckpoints(file: string, streamArn: string): Promise<Checkpoints> {
  const shards = new Map(Object.entries(await readPositions(file, streamArn)));
  await mkdir(dirname(file), { recursive: true });
  return {
    positionOf: (shardId) => shards.get(shardId),
    save: async (shardId, position) => {
      shards.set(shardId, position);
      // A rename is whole or not at all: a kill in the middle leaves the old positions.
      await writeFile(`${file}.new`, JSON.stringify({ streamArn, shards: Object.fromEntries(shards) }));
      await rename(`${file}.new`, file);
    },
  };
}

async function readPositions(file: string, streamArn: string): Promise<Positions['shards']> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return {};
  const positions = positionsSchema.parse(JSON.parse(text));
  return positions.streamArn === streamArn ? positions.shards : {};
}
