import type { PaymentId } from '#schemas/ids.ts';
import type { ProcessAnswer } from '#shared/domain/ports.ts';

const gravity = { done: 0, later: 1, fault: 2 } as const satisfies Record<ProcessAnswer['kind'], number>;

/** Collects how far a process came with each payment. Of several answers about one payment the gravest counts. */
export class AnswerSheet {
  readonly #answers: Map<PaymentId, ProcessAnswer>;

  constructor(paymentIds: readonly PaymentId[]) {
    this.#answers = new Map(paymentIds.map((paymentId) => [paymentId, { kind: 'done' }]));
  }

  put(paymentId: PaymentId, answer: ProcessAnswer): void {
    const earlier = this.#answers.get(paymentId);
    if (earlier === undefined || gravity[answer.kind] > gravity[earlier.kind]) this.#answers.set(paymentId, answer);
  }

  answers(): ReadonlyMap<PaymentId, ProcessAnswer> {
    return this.#answers;
  }
}
