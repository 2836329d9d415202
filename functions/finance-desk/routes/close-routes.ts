import * as z from 'zod/mini';
import { closeApprovalSchema, closeNoteSchema, closeRejectionSchema } from '#schemas/day-close.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { type StaffAnswer, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { rejectOrTakeBack } from './take-back.ts';

/** The acts by which two persons close a day or a month; `reopen` exists to be asked for and refused. */
export type CloseAct =
  | { readonly act: 'approve'; readonly number: number; readonly note?: string | undefined }
  | { readonly act: 'reject'; readonly number: number; readonly note: string }
  | { readonly act: 'reopen'; readonly note?: string | undefined };

export interface CloseDesk<Address, Proposal> {
  /** Of the books; their close lies under it. */
  readonly path: `/v1/finance/${string}`;
  readonly address: z.ZodMiniType<Address>;
  readonly proposal: z.ZodMiniType<Proposal>;
  /** Who made the proposal that stands; nothing when there is none. */
  readonly makerOf: (address: Address) => Promise<StaffCode | undefined>;
  readonly propose: (address: Address, proposal: Proposal, maker: StaffCode) => Promise<StaffAnswer>;
  readonly decide: (address: Address, act: CloseAct, checker: StaffCode) => Promise<StaffAnswer>;
}

/** What can be asked about the close of any books. */
export function closeRoutes<Address, Proposal>(desk: CloseDesk<Address, Proposal>): readonly StaffRoute[] {
  const { address: parameters, propose, decide } = desk;
  const path = `${desk.path}/close` as const;
  return [
    staffRoute({
      method: 'POST',
      path,
      action: 'close:propose',
      takes: z.object({ parameters, body: desk.proposal }),
      answer: (given, { code }) => propose(given.parameters, given.body, code),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/approval`,
      action: 'close:approve',
      takes: z.object({ parameters, body: closeApprovalSchema }),
      answer: (given, { code }) => decide(given.parameters, { act: 'approve', ...given.body }, code),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/rejection`,
      action: 'close:reject',
      takes: z.object({ parameters, body: closeRejectionSchema }),
      answer: ({ parameters: address, body }, staff) =>
        rejectOrTakeBack(
          staff,
          () => desk.makerOf(address),
          () => decide(address, { act: 'reject', ...body }, staff.code),
        ),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/reopening`,
      action: 'close:approve',
      takes: z.object({ parameters, body: closeNoteSchema }),
      answer: (given, { code }) => decide(given.parameters, { act: 'reopen', ...given.body }, code),
    }),
  ];
}
