import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import {
  aDecision,
  aReplacement,
  type CorrectionScene,
  done,
  makeCorrectionScene,
  morningAfter,
} from '#test/support/correction-scene.ts';
import { countRequests } from '#test/support/faults.ts';
import { aFee } from '#test/support/paid-record.ts';

let scene: CorrectionScene;
beforeEach(async () => {
  scene = await makeCorrectionScene();
});
afterEach(() => scene.engine.stop());

/** A receipt of yesterday. */
async function aWrongReceipt(...drafts: Parameters<CorrectionScene['putReceipted']>): Promise<Receipt> {
  const receipt = await scene.putReceipted(...drafts);
  scene.setClock(morningAfter);
  return receipt;
}

describe('a replacement', () => {
  it('waits for a second person, and nothing happens to the receipt meanwhile', async () => {
    const receipt = await aWrongReceipt();
    const proposal = aReplacement(receipt);

    expect(done(await scene.run(proposal))).toMatchObject({
      state: 'proposed',
      maker: 'kt-01',
      receipt: { series: '26TAA', number: receipt.content.number, taxCode: '5709990011' },
      corrected: { payer: { name: 'Nguyễn Văn An', taxCode: '0101234567' }, totalVnd: 28_000 },
    });
    expect(await scene.run({ action: 'list' })).toMatchObject({
      kind: 'listed',
      corrections: expect.arrayContaining([
        expect.objectContaining({ correctionId: proposal.correction.correctionId }),
      ]),
    });
    expect(await scene.receiptsOf(receipt.paymentId)).toEqual([receipt]);
    expect(done(await scene.run(proposal))).toMatchObject({ madeAt: morningAfter });
    expect(await scene.run({ ...proposal, by: 'kt-09' })).toMatchObject({ kind: 'refused', code: 'id-taken' });
  });

  it('takes a number, writes the next revision and marks the wrong one in one transaction', async () => {
    const receipt = await aWrongReceipt();
    const proposal = aReplacement(receipt);
    await scene.run(proposal);
    const count = countRequests(scene.table.client);

    const correction = done(await scene.run(aDecision(proposal)));

    expect(count.sent.map(({ command }) => command.replace('Command', ''))).toEqual([
      // The payment, its corrections, the series.
      'Query',
      'Query',
      'Query',
      'TransactWriteItems',
    ]);
    const next = receipt.content.number + 1;
    expect(correction).toMatchObject({
      state: 'approved',
      checker: 'kt-02',
      replacement: { series: '26TAA', number: next },
    });
    const [old, replacement] = await scene.chainOf(receipt.paymentId);
    const identity = { template: 'EBL01', series: '26TAA', number: next, issuedOn: '2026-11-24' };
    expect(old).toEqual({ ...receipt, state: 'replaced', replacedBy: { ...identity, at: morningAfter } });
    expect(replacement).toEqual({
      paymentId: receipt.paymentId,
      chargeNumber: '01',
      taxCode: '5709990011',
      kind: 'le-phi',
      revision: 1,
      state: 'awaiting-signature',
      numberedAt: morningAfter,
      content: {
        ...receipt.content,
        ...identity,
        payer: { ...receipt.content.payer, taxCode: '0101234567' },
        replaces: {
          template: 'EBL01',
          series: '26TAA',
          number: receipt.content.number,
          issuedOn: '2026-11-23',
          reason: 'Sai mã số thuế',
        },
        lookupCode: expect.not.stringMatching(receipt.content.lookupCode),
        lookupUrl: expect.stringContaining('https://edge.example.vn/r/'),
        signingTime: morningAfter,
      },
    });
  });

  it('is signed by the sweep and told to the dossier, once', async () => {
    const receipt = await aWrongReceipt();
    await scene.correct(aReplacement(receipt));
    await scene.drainQueue();

    await scene.finish();

    const events = (await scene.drainQueue()).filter(({ data }) => data.paymentId === receipt.paymentId);
    expect(events).toMatchObject([
      {
        type: eventTypes.receiptReplaced,
        subject: receipt.content.dossierCode,
        data: {
          receipt: { number: receipt.content.number + 1, amountVnd: 28_000, signed: true },
          replaced: { series: '26TAA', number: receipt.content.number, reason: 'Sai mã số thuế' },
        },
      },
    ]);
    expect((await scene.chainOf(receipt.paymentId)).map(({ state }) => state)).toEqual(['replaced', 'signed']);
    expect(await scene.dueAtOf(receipt.paymentId)).toBeUndefined();
  });

  it('can be replaced in turn: a chain of three in both directions, in the order of numbers and dates', async () => {
    const first = await aWrongReceipt([{ feeLines: [aFee({ quantity: 2, amountVnd: 56_000 })] }]);
    await scene.correct(aReplacement(first));
    await scene.finish();
    const [, second] = await scene.chainOf(first.paymentId);
    if (second === undefined) throw new Error('no replacement');
    scene.setClock('2026-11-25T02:00:00.000Z');
    const lines = [
      { feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 },
      { feeCode: 'QN-007', quantity: 2, amountVnd: 28_000 },
    ];
    await scene.correct(aReplacement(second, { payer: { taxCode: null }, lines, reason: 'Sai khoản thu' }));
    await scene.finish();

    const chain = await scene.chainOf(first.paymentId);

    expect(chain.map(({ state }) => state)).toEqual(['replaced', 'replaced', 'signed']);
    const numbers = chain.map(({ content }) => content.number);
    expect(numbers).toEqual([first.content.number, first.content.number + 1, first.content.number + 2]);
    expect(chain.map(({ content }) => content.issuedOn)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    expect(chain.map(({ replacedBy }) => replacedBy?.number)).toEqual([...numbers.slice(1), undefined]);
    expect(chain.map(({ content }) => content.replaces?.number)).toEqual([undefined, ...numbers.slice(0, 2)]);
    expect(chain[2]?.content).toMatchObject({
      payer: { name: 'Nguyễn Văn An' },
      lines: [
        { ordinal: 1, feeCode: 'QN-006', budgetCode: '2805', amountVnd: 28_000 },
        { ordinal: 2, feeCode: 'QN-007', unitPriceVnd: 14_000, amountVnd: 28_000 },
      ],
      totalVnd: 56_000,
      totalInWords: 'Năm mươi sáu nghìn đồng',
    });
    expect(chain[2]?.content.payer).not.toHaveProperty('taxCode');
    expect(await scene.run(aReplacement(first))).toMatchObject({ kind: 'refused', code: 'replaced' });
    expect(await scene.run(aReplacement(second))).toMatchObject({ code: 'replaced' });
  });

  it('made after midnight on 1 January takes its number from the new year’s series', async () => {
    const receipt = await aWrongReceipt();
    scene.setClock('2026-12-31T17:00:00.000Z');

    const { replacement } = await scene.correct(aReplacement(receipt));

    expect(replacement).toMatchObject({ series: '27TAA', number: 1, issuedOn: '2027-01-01' });
  });
});

describe('parallel approvals', () => {
  it('of one proposal by twenty persons are one number, without a gap', async () => {
    const receipt = await scene.putReceipted();
    const proposal = aReplacement(receipt);
    await scene.run(proposal);

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => scene.run(aDecision(proposal, { by: `kt-${n + 10}` }))),
    );

    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    await expectNoGap();
    expect(await scene.chainOf(receipt.paymentId)).toHaveLength(2);
  }, 30_000);

  it('of different proposals for one receipt replace it once', async () => {
    const receipt = await scene.putReceipted();
    const proposals = Array.from({ length: 5 }, () => aReplacement(receipt));
    for (const proposal of proposals) await scene.run(proposal);

    const answers = await Promise.all(proposals.map((proposal) => scene.run(aDecision(proposal))));

    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === 'refused' && answer.code === 'replaced')).toHaveLength(4);
    await expectNoGap();
  }, 30_000);

  it('and payments at once share the series without a gap', async () => {
    const wrong = await Promise.all(Array.from({ length: 5 }, () => scene.putReceipted()));
    const proposals = wrong.map((receipt) => aReplacement(receipt));
    for (const proposal of proposals) await scene.run(proposal);

    const [approved] = await Promise.all([
      Promise.all(proposals.map((proposal) => scene.run(aDecision(proposal)))),
      ...Array.from({ length: 5 }, () => scene.putReceipted()),
    ]);

    expect(approved.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'done'));
    await expectNoGap();
  }, 60_000);
});

async function expectNoGap(): Promise<void> {
  const register = await scene.register('26TAA');
  expect(register.map(({ content }) => content.number)).toEqual(Array.from(register, (_, index) => index + 1));
  const dates = register.map(({ content }) => content.issuedOn);
  expect(dates).toEqual(dates.toSorted());
}
