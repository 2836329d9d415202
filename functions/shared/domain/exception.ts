import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { adjustmentViewSchema } from '#schemas/balance-proof.ts';
import {
  type ExceptionId,
  exceptionClassSchema,
  exceptionEndSchema,
  exceptionIdSchema,
  exceptionOutcomeSchema,
  exceptionStateSchema,
  exceptionStepSchema,
  findingPlaceSchema,
  findingSidesSchema,
} from '#schemas/exception.ts';
import {
  businessDateSchema,
  gatewayNameSchema,
  instantSchema,
  merchantNameSchema,
  paymentIdSchema,
} from '#schemas/ids.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { BrokenInvariant } from './failures.ts';
import type { DayAddress } from './statement-day.ts';

/** A proposal to end an exception, which waits for a second person. */
const proposalSchema = z.strictObject({
  end: exceptionEndSchema,
  maker: staffCodeSchema,
  at: instantSchema,
  note: z.string(),
});

/** A difference that a person must end, with everything that was ever done about it. */
export const exceptionSchema = z.strictObject({
  exceptionId: exceptionIdSchema,
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  day: businessDateSchema,
  class: exceptionClassSchema,
  /** `day`; the day on which it was found when `day` was closed by then. */
  bookedOn: businessDateSchema,
  reference: z.nullable(z.string()),
  transactionId: z.nullable(z.string()),
  paymentId: z.optional(paymentIdSchema),
  suggestion: z.nullable(z.string()),
  receipt: z.nullable(z.string()),
  ...findingSidesSchema.shape,
  place: findingPlaceSchema,
  foundAt: instantSchema,
  /** Whose matter it is until a person takes it on. */
  desk: staffCodeSchema,
  assignee: z.optional(staffCodeSchema),
  isEscalated: z.boolean(),
  dueAt: instantSchema,
  state: exceptionStateSchema,
  proposal: z.optional(proposalSchema),
  outcome: z.optional(exceptionOutcomeSchema),
  closedAt: z.optional(instantSchema),
  /** Every step that was ever taken, never changed. */
  trail: z.array(exceptionStepSchema),
  /** Counts the steps: each is taken on what its author had read. */
  revision: z.int().check(z.minimum(1)),
});
export type Exception = z.infer<typeof exceptionSchema>;

/** A step in the life of an exception, which holds only while it is as it was read. */
export interface ExceptionMove {
  /** Absent when it is found for the first time: then it must not exist. */
  readonly before: Exception | undefined;
  readonly after: Exception;
  /** Somebody approves it, who must not be the maker of its proposal. */
  readonly checker?: string;
}

/** What a run on a closed day books on the day of its finding. */
export const adjustmentSchema = z.extend(adjustmentViewSchema, {
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  bookedOn: businessDateSchema,
  /** Of the exception, with this step. */
  revision: z.int().check(z.minimum(1)),
  /** Of the closed day. */
  run: z.int().check(z.minimum(1)),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;

/** A row of a run's result that needs a person. */
export type Finding = Pick<
  Exception,
  'class' | 'reference' | 'transactionId' | 'paymentId' | 'suggestion' | 'receipt' | 'statement' | 'ledger'
> & {
  /** In the statement's file; `null` for a row that only the ledger has. */
  readonly line: number | null;
  /** Another file that shows it; left out, the statement of the day. */
  readonly file?: FileDigest;
};

/** A finding under the name that it has in every run. */
export interface NamedFinding {
  readonly exceptionId: ExceptionId;
  readonly finding: Finding;
}

/**
 * Names findings of a day by what they are about: class, and transaction id, else reference. Where several are about the
 * same, as parts of one refund may be, they are counted in the order of their amounts and lines.
 */
export function nameFindings(address: DayAddress, findings: readonly Finding[]): readonly NamedFinding[] {
  const byTopic = Map.groupBy(findings, topicOf);
  return [...byTopic].flatMap(([topic, alike]) =>
    alike.toSorted(inOrder).map((finding, index) => ({
      exceptionId: idOf(address, index === 0 ? topic : `${topic}#${index + 1}`),
      finding,
    })),
  );
}

function topicOf({ class: name, transactionId, reference }: Finding): string {
  return JSON.stringify(transactionId === null ? [name, 'reference', reference] : [name, 'transaction', transactionId]);
}

function inOrder(one: Finding, other: Finding): number {
  return amountIn(one) - amountIn(other) || (one.line ?? 0) - (other.line ?? 0);
}

const amountIn = ({ statement, ledger }: Finding): number => statement?.amountVnd ?? ledger?.amountVnd ?? 0;

function idOf({ gateway, merchant, day }: DayAddress, topic: string): ExceptionId {
  const digest = createHash('sha256').update(topic, 'utf8').digest('hex').slice(0, 16);
  return exceptionIdSchema.parse(`${gateway}.${merchant}.${day}.${digest}`);
}

/** Where an exception lies: its id says it. */
export function addressOfException(exceptionId: ExceptionId): DayAddress & { readonly name: string } {
  const [gateway, merchant, day, name] = exceptionId.split('.');
  const address = z
    .object({ gateway: gatewayNameSchema, merchant: merchantNameSchema, day: businessDateSchema, name: z.string() })
    .safeParse({ gateway, merchant, day, name });
  // The id has the form of an id; what can be wrong is a day such as 2026-02-30, on which there can be no exception.
  if (!address.success) throw new BrokenInvariant(`${exceptionId} names no day of any account`);
  return address.data;
}
