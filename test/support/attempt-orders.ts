import type { Instant } from '#schemas/ids.ts';
import { instantSchema } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import { type Charge, chargeSchema } from '#shared/domain/charge.ts';
import type { AttemptOrder } from '#shared/gateways/gateway.ts';

export const anInstant: Instant = instantSchema.parse('2026-11-22T02:15:30.000Z');

/** An attempt to pay 28 000 đồng, opened on 22 November 2026 at 09:15:30 in Vietnam. */
export function anOrder(changes: Partial<AttemptOrder> = {}): AttemptOrder {
  return {
    gatewayRef: '1000000000000301',
    requestId: 'rq-10000000000003-01',
    amountVnd: amountVndSchema.parse(28_000),
    description: 'Nop phi ho so H49.14-261122-0001',
    charges: [aLandCharge()],
    clientIp: '203.0.113.7',
    locale: 'vi',
    returnUrl: 'https://bienlai.example.vn/return/vnpay/ttpvhcc',
    callbackUrl: 'https://bienlai.example.vn/callbacks/vnpay/ttpvhcc',
    openedAt: anInstant,
    expiresAt: instantSchema.parse('2026-11-25T10:00:00.000Z'),
    ...changes,
  };
}

/** What that attempt pays for: one land fee of one dossier. */
export function aLandCharge(changes: object = {}): Charge {
  return chargeSchema.parse({
    paymentId: '10000000000003',
    chargeNumber: '01',
    dossierCode: 'H49.14-261122-0001',
    procedureCode: '1.013978',
    debtId: 'main',
    payer: { name: 'Nguyễn Văn An', address: 'Phường Hồng Gai, tỉnh Quảng Ninh' },
    feeLines: [
      {
        unitCode: 'vpdkdd',
        feeCode: 'QN-006',
        name: 'Lệ phí chứng nhận đăng ký biến động về đất đai (tại phường)',
        kind: 'le-phi',
        receipt: 'EBL01',
        quantity: 1,
        amountVnd: 28_000,
        catalogueVersion: '2026-11-22',
      },
    ],
    amountVnd: 28_000,
    createdAt: anInstant,
    ...changes,
  });
}
