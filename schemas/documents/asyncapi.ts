import type { Examples } from './examples.ts';
import { componentsFor, referenceTo } from './named-schemas.ts';

/** What each message means to its reader, by the name of its schema. */
const meanings = {
  PaymentPaid: 'Đã thu tiền (the payment is settled)',
  PaymentExpired: 'Hết hạn thanh toán (the payment expired without money)',
  NothingToPay: 'Không phải nộp (the fees come to 0 đ)',
  ReceiptIssued: 'Đã lập và ký số biên lai (a receipt was issued and signed)',
  ReceiptReplaced: 'Đã lập biên lai thay thế (a wrong receipt was replaced by another one)',
  PaymentRefunded: 'Đã hoàn phí (money went back to the payer, all or a part of it)',
};

/** AsyncAPI 3.0 of the confirmations on the dossier system's queue. */
export function asyncApiDocument(examples: Examples) {
  const messages = Object.fromEntries(
    Object.entries(meanings).map(([name, summary]) => [name, messageOf(name, summary, examples[name])]),
  );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Biên lai: xác nhận gửi hệ thống hồ sơ (confirmations to the dossier system)',
      version: '1.0.0',
      description:
        'One event per charge of a payment, as CloudEvents 1.0 in structured JSON mode. Types are versioned: a change ' +
        'that a reader could stumble over gets a new type.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      dossierQueue: {
        address: null,
        title: 'Hàng đợi của hệ thống hồ sơ',
        description:
          'SQS FIFO queue of the stage: the output DossierQueueUrl of its deployment. Message group: the dossier code, ' +
          'so that the news of a dossier keep their order. Deduplication id: the `id` of the event. SQS forgets that id ' +
          'after five minutes, so the reader must remember every `id` that it has taken over, for ever. `sequence` in ' +
          '`data` orders the events of one payment; it has gaps.',
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      confirmDossier: {
        action: 'send',
        channel: { $ref: '#/channels/dossierQueue' },
        summary: 'Báo kết quả thanh toán và biên lai cho hệ thống hồ sơ',
      },
    },
    components: { messages, schemas: componentsFor(messages) },
  };
}

function messageOf(name: string, summary: string, examples: Examples[string] = {}) {
  return {
    name,
    summary,
    payload: referenceTo(name),
    examples: Object.entries(examples).map(([title, payload]) => ({ name: title, payload })),
  };
}
