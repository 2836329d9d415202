import { GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type ApproveResult,
  approveAssignment,
  type RejectResult,
  rejectAssignment,
} from '#functions/finance-desk/decide-assignment.ts';
import { listOpenMoney, type OpenMoneyFilter } from '#functions/finance-desk/list-open-money.ts';
import {
  type AssignmentNeeds,
  type ProposeResult,
  proposeAssignment,
} from '#functions/finance-desk/propose-assignment.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeAssignmentLedger, makeOpenMoneyList } from '#shared/adapters/open-money-ledger.ts';
import { suspenseKey } from '#shared/adapters/payment-items.ts';
import type { MoneyAddress } from '#shared/domain/assignment.ts';
import { makePaymentScene, type PaymentScene } from './payment-scene.ts';
import { makeVnpayCaller, paidFields } from './vnpay-caller.ts';

/** Two of the finance desk. */
export const maker = staffCodeSchema.parse('kt.lan');
export const checker = staffCodeSchema.parse('kt.minh');
export const why = 'Người nộp gửi ảnh biên nhận, trùng số tiền và giờ nộp';

/** A payment scene with the finance desk in it. */
export async function makeDeskScene(given?: Table) {
  const scene = await makePaymentScene(given);
  const { table } = scene;
  const needs: AssignmentNeeds = {
    ledger: makeAssignmentLedger(table),
    merchants: scene.paying.merchants,
    clock: scene.paying.clock,
    logNews: scene.paying.logNews,
  };
  const callBack = makeVnpayCaller(scene);
  return {
    ...scene,
    needs,
    callBack,
    /** Money that names no payment, as a callback leaves it; of 28 000 đồng unless told otherwise. */
    suspend: async (changes: Readonly<Record<string, string>> = {}): Promise<MoneyAddress> => {
      const fields = paidFields('1000000000000301', changes);
      await callBack(fields);
      return { gateway: 'vnpay', merchant: 'ttpvhcc', identity: fields.vnp_TransactionNo };
    },
    propose: (
      money: MoneyAddress,
      paymentId: PaymentId,
      change: { readonly by?: string; readonly reason?: string } = {},
    ) =>
      proposeAssignment(
        { money, paymentId, maker: staffCodeSchema.parse(change.by ?? maker), reason: change.reason ?? why },
        needs,
      ),
    approve: (money: MoneyAddress, number = 1, by: string = checker): Promise<ApproveResult> =>
      approveAssignment({ money, number, by: staffCodeSchema.parse(by) }, needs),
    reject: (money: MoneyAddress, number = 1, by: string = checker): Promise<RejectResult> =>
      rejectAssignment({ money, number, by: staffCodeSchema.parse(by), reason: why }, needs),
    list: (filter: OpenMoneyFilter = {}) =>
      listOpenMoney(filter, { list: makeOpenMoneyList(table), clock: needs.clock }),
    suspense: async (money: MoneyAddress) => {
      const found = await needs.ledger.readSuspense(money);
      if (found === undefined) throw new Error(`no suspense ${money.identity}`);
      return found;
    },
    /** The item as it lies in the table, index attributes too. */
    suspenseItem: async (money: MoneyAddress) => {
      const { Item: item = {} } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: suspenseKey(money), ConsistentRead: true }),
      );
      return item;
    },
  };
}

export type DeskScene = Awaited<ReturnType<typeof makeDeskScene>>;

/** What the two persons came to, in one word. */
export function wordOf(result: ProposeResult | ApproveResult | RejectResult): string {
  if (result.kind === 'refused') return result.code;
  return result.kind === 'assigned' ? result.assigned.became : result.kind;
}

/** All the real money of a payment: its settlement, and what is kept beside it. */
export async function moneyOfPayment(scene: PaymentScene, paymentId: PaymentId): Promise<readonly string[]> {
  const { payment, money } = await scene.record(paymentId);
  return [payment.settlement, ...money].flatMap((one) => one?.identity ?? []).toSorted();
}
