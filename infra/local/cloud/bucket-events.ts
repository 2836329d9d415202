import { setTimeout as pause } from 'node:timers/promises';
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { localAccount } from '#infra/local/local-account.ts';
import { readOrMake, writeState } from '#infra/local/state-file.ts';

export interface BucketEventsNeeds {
  readonly s3: S3Client;
  readonly bucket: string;
  /** What was told of already, kept over restarts. */
  readonly stateFile: string;
  readonly tellEvent: (event: unknown) => Promise<void>;
  readonly onTrouble: (what: string) => void;
}

/** Tag of each object that was told of last, by its key. */
const toldSchema = z.record(z.string(), z.string());

const everyMs = 500;

/**
 * Plays what S3 tells EventBridge of a bucket, which the local engine does not: an event for each object that is new or
 * was overwritten, whoever put it there. One whose event fails is told to people, and to the functions again with the
 * next start.
 */
export async function startBucketEvents(needs: BucketEventsNeeds): Promise<{ readonly stop: () => Promise<void> }> {
  const told = new Map(Object.entries(await readOrMake(needs.stateFile, toldSchema, () => ({}))));
  const failed = new Map<string, string>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      await look({ told, failed }, needs).catch((fault: unknown) =>
        needs.onTrouble(`${needs.bucket}: ${wordsOf(fault)}`),
      );
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

interface Known {
  readonly told: Map<string, string>;
  readonly failed: Map<string, string>;
}

async function look({ told, failed }: Known, needs: BucketEventsNeeds): Promise<void> {
  for (const { key, tag, size } of await listObjects(needs)) {
    if (told.get(key) === tag || failed.get(key) === tag) continue;
    try {
      await needs.tellEvent(objectCreated(needs.bucket, key, size));
      told.set(key, tag);
      await writeState(needs.stateFile, Object.fromEntries(told));
    } catch (fault) {
      failed.set(key, tag);
      needs.onTrouble(`${needs.bucket}/${key}: ${wordsOf(fault)}`);
    }
  }
}

/** The local engine keeps no versions, so the event names none. */
function objectCreated(bucket: string, key: string, size: number) {
  return {
    version: '0',
    source: 'aws.s3',
    'detail-type': 'Object Created',
    account: localAccount.accountId,
    region: localAccount.region,
    detail: { version: '0', bucket: { name: bucket }, object: { key, size }, reason: 'PutObject' },
  };
}

async function listObjects({ s3, bucket }: BucketEventsNeeds) {
  const found: { readonly key: string; readonly tag: string; readonly size: number }[] = [];
  let token: string | undefined;
  do {
    const request = { Bucket: bucket, ...(token === undefined ? {} : { ContinuationToken: token }) };
    const page = await s3.send(new ListObjectsV2Command(request));
    for (const { Key: key = '', ETag: etag = '', LastModified: at, Size: size = 0 } of page.Contents ?? []) {
      found.push({ key, tag: `${etag} ${at?.toISOString() ?? ''}`, size });
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found.toSorted((one, other) => (one.tag < other.tag ? -1 : 1));
}

function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
