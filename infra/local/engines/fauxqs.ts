import { startFauxqs } from 'fauxqs';
import { localAccount } from '#infra/local/local-account.ts';

export interface QueueAndBucketEngine {
  /** Serves SQS and S3. An IP address, so that the S3 client names buckets in the path. */
  readonly endpoint: string;
  /** Bodies of the messages that lie on a queue, which stay as they are: receiving would hide them for a while. */
  readonly peek: (queueName: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * Starts SQS and S3 inside this process.
 * @param options.dataDir where state is kept; the port stays in the addresses of kept queues, so keep it too
 */
export async function startQueuesAndBuckets(options: {
  readonly port: number;
  readonly dataDir?: string;
}): Promise<QueueAndBucketEngine> {
  const server = await startFauxqs({
    port: options.port,
    logger: false,
    defaultRegion: localAccount.region,
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
  });
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    peek: (queueName) => {
      const { ready = [], inflight = [] } = server.inspectQueue(queueName)?.messages ?? {};
      return [...ready, ...inflight.map(({ message }) => message)].map(({ body }) => body);
    },
    stop: () => server.stop(),
  };
}
