import { describe, expect, it } from '@jest/globals';
import { bankTransferSchema } from '#schemas/payment-step.ts';
import { sepay } from '#shared/gateways/sepay/gateway.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';

describe('an attempt at SePay', () => {
  const connection = connectTestAccount(sepay);
  const gatewayRef = connection.gatewayRefOf('1000000000000301', anInstant);

  it('shows where to transfer how much, with our code as content', () => {
    const opening = connection.openAttempt(anOrder({ gatewayRef }));
    expect(opening).toEqual({
      kind: 'transfer',
      transfer: {
        bankBin: '970436',
        bankName: 'Vietcombank',
        accountNumber: '1017588888',
        accountName: 'TRUNG TAM PHUC VU HANH CHINH CONG',
        amountVnd: 28_000,
        content: 'DVC1000000000000301',
        qrContent:
          '00020101021238540010A00000072701240006970436011010175888880208QRIBFTTA53037045405280005802VN' +
          '62230819DVC10000000000003016304A8D9',
      },
    });
    expect(opening.kind === 'transfer' && bankTransferSchema.safeParse(opening.transfer).success).toBe(true);
  });

  it('is opened alike when it is opened again', () => {
    const order = anOrder({ gatewayRef });
    expect(connection.openAttempt(order)).toEqual(connection.openAttempt(order));
  });
});
