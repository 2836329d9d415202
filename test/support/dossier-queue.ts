import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type DossierConfirmation, dossierConfirmationSchema } from '#schemas/dossier-confirmation.ts';
import type { TestQueueAndBucket } from './local-engines.ts';

/** Reads the dossier queue empty, as the dossier system would, and checks the form of each message. */
export async function drainDossierQueue({ sqs, queueUrl }: TestQueueAndBucket): Promise<DossierConfirmation[]> {
  const events: DossierConfirmation[] = [];
  for (;;) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    );
    if (messages.length === 0) return events;
    for (const { Body: body = '', ReceiptHandle: handle } of messages) {
      events.push(dossierConfirmationSchema.parse(JSON.parse(body)));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: handle }));
    }
  }
}
