import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type DossierConfirmation, dossierConfirmationSchema, type EventType } from '#schemas/dossier-confirmation.ts';

/**
 * Reads confirmations as the dossier system does: receive, take over, delete; each event once by its id.
 * @throws Error when the wanted types have not all come in time, naming those that have
 */
export async function readConfirmations(
  sqs: SQSClient,
  queueUrl: string,
  wanted: { readonly paymentId: string; readonly types: readonly EventType[]; readonly timeoutMs: number },
): Promise<readonly DossierConfirmation[]> {
  const taken = new Map<string, DossierConfirmation>();
  const deadline = Date.now() + wanted.timeoutMs;
  const isComplete = () => wanted.types.every((type) => [...taken.values()].some((event) => event.type === type));
  while (!isComplete()) {
    if (Date.now() >= deadline) {
      const came = [...taken.values()].map(({ type }) => type).join(', ') || 'none';
      throw new Error(`Not all confirmations came within ${wanted.timeoutMs} ms; came: ${came}.`);
    }
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      const event = dossierConfirmationSchema.parse(JSON.parse(Body));
      if (event.data.paymentId === wanted.paymentId) taken.set(event.id, event);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
  return [...taken.values()];
}
