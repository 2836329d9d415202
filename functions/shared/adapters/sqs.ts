import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { givingUpAfter } from './request-limits.ts';

/**
 * A queue client that obeys its endpoint and not the host inside queue addresses, which a local engine makes up. A
 * request that hangs is given up early enough for the retries to have their turn.
 */
export function makeQueueClient(config: SQSClientConfig = {}): SQSClient {
  return new SQSClient({
    useQueueUrlAsEndpoint: false,
    requestHandler: givingUpAfter(),
    ...config,
  });
}
