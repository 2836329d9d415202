import type { Acknowledgement } from '../acknowledgement.ts';

interface CallbackAnswer {
  readonly status: number;
  readonly success: boolean;
}

/** Answers to the webhook (§5.2): anything but 200 or 201 with `success` makes SePay call up to seven times more. */
export const callbackAnswers: Readonly<Record<Acknowledgement, CallbackAnswer>> = {
  recorded: { status: 200, success: true },
  refused: { status: 401, success: false },
  'call-again': { status: 500, success: false },
};
