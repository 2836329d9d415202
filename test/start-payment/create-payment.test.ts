import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPayment, digestOf } from '#functions/start-payment/create-payment.ts';
import { paymentIdSchema } from '#schemas/ids.ts';
import { injectFault } from '#test/support/faults.ts';
import {
  aCharge,
  aPaymentRequest,
  callingClient,
  daysAfter,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from '#test/support/payment-scene.ts';

let scene: PaymentScene;
beforeAll(async () => {
  scene = await makePaymentScene();
});

async function created(request = aPaymentRequest()) {
  const result = await createPayment(request, callingClient, scene.paying);
  if (!('record' in result)) throw new Error(`not created: ${JSON.stringify(result)}`);
  return { kind: result.kind, request, ...result.record };
}

/** The faults of a request, as `path: message`. */
async function faultsOf(request = aPaymentRequest()) {
  const result = await createPayment(request, callingClient, scene.paying);
  if (result.kind !== 'faulty') throw new Error(`not faulty: ${result.kind}`);
  return result.faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const lines = (...changes: readonly Record<string, unknown>[]) =>
  aCharge({
    feeLines: changes.map((change) => ({
      unitCode: 'vpdkdd',
      feeCode: 'QN-006',
      quantity: 1,
      amountVnd: 28_000,
      ...change,
    })),
  });

describe('creating a payment', () => {
  it('stores payment, charges, claims and reference, and sums what is owed', async () => {
    const request = aPaymentRequest({ charges: [aCharge(), lines({ quantity: 2, amountVnd: 56_000 })] });

    const { kind, payment } = await created(request);

    expect(kind).toBe('created');
    expect(paymentIdSchema.safeParse(payment.paymentId).success).toBe(true);
    const stored = await scene.record(payment.paymentId);
    expect(stored.payment).toMatchObject({ state: 'open', amountVnd: 84_000, version: 1, dueAt: request.expiresAt });
    expect(stored.charges.map(({ chargeNumber, amountVnd }) => [chargeNumber, amountVnd])).toEqual([
      ['01', 28_000],
      ['02', 56_000],
    ]);
  });

  it('freezes what the catalogue says of a fee on that day', async () => {
    const { charges } = await created();

    expect(charges[0]?.feeLines).toMatchObject([
      { feeCode: 'QN-006', kind: 'le-phi', receipt: 'EBL01', budgetCode: '2805', catalogueVersion: expect.any(String) },
    ]);
  });

  it('holds a basket of 45 dossiers in one transaction', async () => {
    const { charges } = await created(aPaymentRequest({ charges: Array.from({ length: 45 }, () => aCharge()) }));

    expect(charges).toHaveLength(45);
  });

  it('is waived at once when nothing is to be paid', async () => {
    const { payment } = await created(
      aPaymentRequest({ charges: [lines({ unitCode: 'hong-gai', feeCode: 'QN-024', amountVnd: 0 })] }),
    );

    expect(payment).toMatchObject({ state: 'waived', amountVnd: 0, dueAt: workingMorning });
  });
});

describe('the caller’s reference', () => {
  it('gives the same payment for the same request, however often and whatever the order of its keys', async () => {
    const first = await created();
    const { expiresAt, charges, reference } = first.request;

    const again = await created({ charges, reference, expiresAt });

    expect(again.kind).toBe('existing');
    expect(again.payment).toEqual(first.payment);
  });

  it('still finds its payment after the day it was to expire', async () => {
    const first = await created();
    scene.setClock(daysAfter(workingMorning, 30));

    const again = await created(first.request);

    expect(again.payment.paymentId).toBe(first.payment.paymentId);
    scene.setClock(workingMorning);
  });

  it('is refused for another body, naming the payment that has it', async () => {
    const first = await created();
    const other = { ...first.request, charges: [aCharge()] };

    expect(await createPayment(other, callingClient, scene.paying)).toEqual({
      kind: 'reference-conflict',
      paymentId: first.payment.paymentId,
    });
  });

  it('makes one payment of twenty requests at once', async () => {
    const request = aPaymentRequest();

    const results = await Promise.all(Array.from({ length: 20 }, () => created(request)));

    expect(new Set(results.map(({ payment }) => payment.paymentId)).size).toBe(1);
    expect(results.filter(({ kind }) => kind === 'created')).toHaveLength(1);
  });

  it('belongs to its client: another client may use the same', async () => {
    const first = await created();

    const result = await createPayment({ ...first.request, charges: [aCharge()] }, 'another-system', scene.paying);

    expect(result.kind).toBe('created');
  });
});

describe('a debt', () => {
  it('is claimed by one live payment, which a second request is told', async () => {
    const first = await created();
    const charge = { ...aCharge(), dossierCode: first.charges[0]?.dossierCode ?? aCharge().dossierCode };

    expect(await createPayment(aPaymentRequest({ charges: [charge] }), callingClient, scene.paying)).toEqual({
      kind: 'debt-claimed',
      dossierCode: charge.dossierCode,
      debtId: 'main',
      paymentId: first.payment.paymentId,
    });
  });

  it('may be one of several of a dossier', async () => {
    const first = await created();
    const dossierCode = first.charges[0]?.dossierCode;

    const second = await created(aPaymentRequest({ charges: [aCharge({ dossierCode, debtId: 'supplement' })] }));

    expect(second.kind).toBe('created');
  });
});

describe('a faulty request', () => {
  it('is told every fault at once, each by its field', async () => {
    const faults = await faultsOf(
      aPaymentRequest({
        expiresAt: workingMorning,
        charges: [
          aCharge({ dossierCode: 'H56.14-261122-0001' }),
          lines({ unitCode: 'nowhere' }, { feeCode: 'XX-1' }, { amountVnd: 27_999 }),
        ],
      }),
    );

    expect(faults).toEqual([
      `expiresAt: has passed: it is ${workingMorning}`,
      'charges.0.dossierCode: is not acceptable: other-root-agency',
      'charges.1.feeLines.0.unitCode: is no collecting unit of the registry; units are found by code, never by name',
      'charges.1.feeLines.1.feeCode: is not in the fee catalogue',
      'charges.1.feeLines.2.amountVnd: must be 28000 or 0: the catalogue’s price of QN-006 times 1',
    ]);
  });

  it.each([
    ['😀 An', 'U+1F600'],
    ['王伟', 'U+738B'],
    ['Иванов', 'U+0418'],
  ])('may not name a payer whom no receipt can print: %s', async (name, character) => {
    expect(await faultsOf(aPaymentRequest({ charges: [aCharge({ payer: { name } })] }))).toEqual([
      expect.stringMatching(`charges.0.payer.name: holds .*${character.replace('+', '.')}`),
    ]);
  });

  it('may not name a debt twice', async () => {
    const charge = aCharge();

    expect(await faultsOf(aPaymentRequest({ charges: [charge, charge] }))).toEqual([
      'charges.1.debtId: names a debt of this dossier that an earlier charge names too',
    ]);
  });

  it('may not come to more than gateways carry, however many lines it has', async () => {
    const line = { unitCode: 'vpdkdd', feeCode: 'QN-005', amountVnd: 999_999_999_999 };

    expect(await faultsOf(aPaymentRequest({ charges: [lines(line, line)] }))).toEqual([
      expect.stringContaining('charges: come to 1999999999998 đồng together'),
    ]);
  });

  it('may not stay open for more than a year', async () => {
    expect(await faultsOf(aPaymentRequest({ expiresAt: daysAfter(workingMorning, 3_660) }))).toEqual([
      'expiresAt: is more than 366 days away: is the year right?',
    ]);
  });
});

describe('a creation that goes wrong', () => {
  it('draws another id when the first is taken', async () => {
    const taken = (await created()).payment.paymentId;
    const ids = [taken, ...Array.from({ length: 2 }, scene.paying.drawPaymentId)];

    const result = await createPayment(aPaymentRequest(), callingClient, {
      ...scene.paying,
      drawPaymentId: () => ids.shift() ?? taken,
    });

    expect(result.kind).toBe('created');
  });

  it.each(['throttle', 'conflict', 'conflict-reason'] as const)(
    'for a passing reason (%s) is tried again',
    async (kind) => {
      const fault = injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind, first: 2 });

      expect((await created()).kind).toBe('created');

      expect(fault.struck()).toBe(2);
      fault.remove();
    },
  );

  it('but was done although its answer was lost gives the same payment when repeated', async () => {
    const request = aPaymentRequest();
    const fault = injectFault(scene.table.client, {
      command: 'TransactWriteItemsCommand',
      kind: 'committed-then-timeout',
    });

    await expect(created(request)).rejects.toThrow('injected');
    const again = await created(request);

    expect(again.kind).toBe('existing');
    fault.remove();
  });
});

describe('the digest of a request', () => {
  it('tells bodies apart that differ in one digit', () => {
    const request = aPaymentRequest();

    expect(digestOf({ ...request, reference: `${request.reference}0` })).not.toBe(digestOf(request));
  });
});
