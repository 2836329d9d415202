/**
 * Every line that a function may log: a code to search for, a level, and a sentence. Facts beside it are
 * references and counts; names, numbers of persons, accounts, secrets and raw bodies never are.
 */
export const logCatalogue = {
  CALLBACK_SETTLED: ['info', 'A callback settled its payment'],
  CALLBACK_ANSWERED: ['info', 'A callback was answered without settling'],
  CALLBACK_UNVERIFIED: ['warn', 'A callback failed authentication and changed nothing'],
  DOUBT_FAILED: [
    'warn',
    'What a doubtful callback made us ask failed for a reason of ours; the sweep will ask by itself',
  ],
  CALLBACK_UNCONFIRMED: [
    'warn',
    'A large sum was not confirmed by the gateway it was asked of; the gateway was told to call again',
  ],
  CALLBACK_CONTRADICTED: [
    'error',
    'A gateway called about a large sum and says otherwise when it is asked; its answer counted',
  ],
  CALLBACK_UNREADABLE: ['error', 'An authentic callback could not be read and waits in suspense for a person'],
  CALLBACK_REFUSED: ['warn', 'A callback was refused before it was read'],
  CALLBACK_FAILED: ['error', 'A callback could not be recorded; the gateway was told to call again'],
  MONEY_KEPT: ['error', 'Real money that settles no payment waits for a person'],
  ASSIGNMENT_PROPOSED: ['info', 'Somebody proposed to assign money in suspense to a payment'],
  ASSIGNMENT_REJECTED: ['info', 'A proposal to assign money in suspense was rejected or taken back'],
  MONEY_ASSIGNED: ['info', 'Money in suspense was assigned to a payment by two persons'],
  PAYMENT_CREATED: ['info', 'A payment was created'],
  ATTEMPT_OPENED: ['info', 'An attempt was opened at a gateway'],
  ATTEMPT_UNKNOWN: ['warn', 'A gateway gave no certain answer about an attempt'],
  ATTEMPT_ANSWERED: ['info', 'A gateway said what became of an attempt when it was asked'],
  GATEWAY_ODD: ['warn', 'A gateway’s answer was usable but not as documented; compare it with the gateway’s document'],
  GATEWAY_ANSWERED: ['info', 'A gateway answered a request of ours'],
  GATEWAY_SILENT: ['warn', 'A gateway gave no complete answer to a request of ours: what it did is unknown'],
  GATEWAY_SPARED: ['warn', 'A gateway was silent several times in a row and is not called for a while'],
  REQUEST_FAILED: ['error', 'A request failed for a reason of ours'],
  RECEIPTS_NUMBERED: ['info', 'Receipts were numbered'],
  SERIES_NEARLY_USED: ['warn', 'A series of receipts is used to nine tenths: prepare the next one'],
  SERIES_CLOSED: ['info', 'An administrator closed a series of receipts for good'],
  RECEIPT_SIGNED: ['info', 'A receipt was signed, archived and recorded'],
  SIGNING_TIME_MOVED: [
    'warn',
    'No certificate covers the time at which a receipt was numbered; it is signed with the time of today',
  ],
  RECEIPT_LOOKED_UP: ['info', 'Somebody looked a receipt up by its code'],
  UPLOAD_VERIFIED: ['info', 'Somebody had a receipt’s file verified'],
  UPLOAD_REFUSED: ['warn', 'Somebody sent for verification what is no single file of a receipt’s size'],
  RECEIPT_FAULT: ['error', 'A receipt cannot be finished without a person'],
  RECEIPT_DELAYED: ['warn', 'Receipts could not be issued now and will be tried again'],
  SIGNER_SILENT: ['warn', 'A remote signing service gave no complete answer'],
  SIGNER_SPARED: ['warn', 'A remote signing service was silent several times in a row and is not called for a while'],
  SIGNER_UNUSABLE: ['error', 'A configured key may not sign; another one signs, or receipts wait, until a person acts'],
  CERTIFICATE_EXPIRING: ['warn', 'A signing certificate expires within a month and has no successor: order one'],
  CERTIFICATE_LAST_DAYS: ['error', 'A signing certificate expires within a week and has no successor'],
  CONFIRMATIONS_SENT: ['info', 'Confirmations were put on the dossier queue'],
  CONFIRMATION_DELAYED: ['warn', 'Confirmations could not be sent now and will be tried again'],
  REFUND_PROPOSED: ['info', 'A refund was asked for and its amount reserved; it waits for a second person'],
  REFUND_APPROVED: ['info', 'A second person approved a refund'],
  REFUND_REJECTED: ['info', 'A refund was refused or closed by a second person'],
  REFUND_SENT: ['info', 'A gateway is asked to pay money back'],
  REFUND_ACCEPTED: ['info', 'A gateway took a refund on'],
  REFUND_DONE: ['info', 'Money was paid back'],
  REFUND_UNKNOWN: ['warn', 'What became of a refund is not certain; its reserve stays and the gateway is asked again'],
  REFUND_FAILED: ['error', 'A gateway will not pay money back: a person must say how it goes on'],
  TRANSFER_ORDERED: ['warn', 'A refund goes by no interface: a person must transfer it'],
  CORRECTION_PROPOSED: ['info', 'Somebody proposed to correct a receipt; it waits for a second person'],
  CORRECTION_REJECTED: ['info', 'A proposal to correct a receipt was rejected'],
  RECEIPT_REPLACED: ['info', 'A receipt was replaced by two persons; the sweep signs the new one'],
  ERROR_NOTICE_MADE: ['info', 'A notice of a wrong receipt was archived; a person files it with the tax office'],
  STREAM_RECORD_SKIPPED: [
    'error',
    'A stream record could not be read and was skipped; the sweep will look at its payment',
  ],
  SWEEP_DONE: ['info', 'The sweep went over the payments that were due'],
  SWEEP_ITEM_FAILED: ['warn', 'The sweep could not finish one payment and will come back to it'],
  PAYMENT_EXCEPTION: ['error', 'A payment waits for a person, or for a gateway that has been silent for days'],
  PAYMENT_EXPIRED: ['info', 'A payment expired'],
} as const satisfies Record<string, readonly ['info' | 'warn' | 'error', string]>;
export type LogCode = keyof typeof logCatalogue;

/** Facts that may stand beside a log line. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one line of the catalogue; what use cases are given, so that they never see the logger. */
export type LogNews = (code: LogCode, facts?: LogFacts, error?: unknown) => void;
