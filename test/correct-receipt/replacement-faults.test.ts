import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aDecision,
  aNotice,
  aReplacement,
  type CorrectionScene,
  done,
  makeCorrectionScene,
} from '#test/support/correction-scene.ts';
import { type FaultKind, injectFault } from '#test/support/faults.ts';

let scene: CorrectionScene;
beforeAll(async () => {
  scene = await makeCorrectionScene();
});
afterAll(() => scene.engine.stop());

/** Sent again by the ledger itself. */
const passing = ['throttle', 'conflict'] as const;
const passingInTransactions = [...passing, 'throttle-reason', 'conflict-reason'] as const;
/** Seen by whoever asked, who asks again. */
const lost = ['committed-then-timeout', 'never-sent'] as const;

/** Does something whose first write is struck, as a person does: when it fails, once more. */
async function doStruck<Result>(command: string, kind: FaultKind, act: () => Promise<Result>): Promise<Result> {
  const fault = injectFault(scene.table.client, { command, kind });
  try {
    return await act().catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
      return act();
    });
  } finally {
    fault.remove();
    expect(fault.struck()).toBe(1);
  }
}

const correctionsOf = async (paymentId: Parameters<CorrectionScene['record']>[0]) =>
  (await scene.needs.ledger.readCase(paymentId))?.corrections ?? [];

describe('a fault at the write of', () => {
  it.each([...passing, ...lost])('a proposal leaves one proposal: %s', async (kind) => {
    const receipt = await scene.putReceipted();
    const proposal = aReplacement(receipt);

    const correction = done(await doStruck('PutItemCommand', kind, () => scene.run(proposal)));

    expect(correction.state).toBe('proposed');
    expect(await correctionsOf(receipt.paymentId)).toHaveLength(1);
  });

  it.each([...passingInTransactions, ...lost])('an approval replaces the receipt once: %s', async (kind) => {
    const receipt = await scene.putReceipted();
    const proposal = aReplacement(receipt);
    await scene.run(proposal);

    const correction = done(await doStruck('TransactWriteItemsCommand', kind, () => scene.run(aDecision(proposal))));

    const chain = await scene.chainOf(receipt.paymentId);
    expect(chain.map(({ state }) => state)).toEqual(['replaced', 'awaiting-signature']);
    expect(correction.replacement?.number).toBe(chain[1]?.content.number);
    const register = await scene.register('26TAA');
    expect(register.map(({ content }) => content.number)).toEqual(Array.from(register, (_, index) => index + 1));
  });

  it.each([...passingInTransactions, ...lost])('a notice marks the receipt once: %s', async (kind) => {
    const receipt = await scene.putReceipted();
    const proposal = aNotice(receipt);
    await scene.run(proposal);

    done(await doStruck('TransactWriteItemsCommand', kind, () => scene.run(aDecision(proposal))));

    expect(await correctionsOf(receipt.paymentId)).toMatchObject([{ state: 'approved', version: 2 }]);
  });

  it.each([...passingInTransactions, ...lost])('a rejection leaves the receipt alone: %s', async (kind) => {
    const receipt = await scene.putReceipted();
    const proposal = aReplacement(receipt);
    await scene.run(proposal);
    const rejection = aDecision(proposal, { action: 'reject', why: 'mã số thuế cũ mới đúng' });

    done(await doStruck('TransactWriteItemsCommand', kind, () => scene.run(rejection)));

    expect(await scene.receiptsOf(receipt.paymentId)).toEqual([receipt]);
  });
});

describe('a function that dies after the approval', () => {
  it.each(['UpdateItemCommand', 'PutItemCommand'])(
    'leaves the rest to the sweep, also when its own first %s fails',
    async (command) => {
      const receipt = await scene.putReceipted();
      await scene.correct(aReplacement(receipt));
      const [, numbered] = await scene.chainOf(receipt.paymentId);
      if (numbered === undefined) throw new Error('no replacement');
      const fault = injectFault(scene.table.client, { command, kind: 'never-sent' });

      await scene.finish();
      fault.remove();
      expect(fault.struck()).toBe(1);
      scene.setClock('2026-11-23T03:15:32.000Z');
      await scene.finish();

      const [old, replacement] = await scene.chainOf(receipt.paymentId);
      expect(old).toMatchObject({ state: 'replaced', xml: receipt.xml, pdf: receipt.pdf });
      expect(replacement).toMatchObject({ ...numbered, state: 'signed', xml: { key: expect.any(String) } });
      const events = (await scene.drainQueue()).filter(({ data }) => data.paymentId === receipt.paymentId);
      expect(events.map(({ type }) => type).slice(-1)).toEqual(['vn.bienlai.receipt.replaced.v1']);
      scene.setClock('2026-11-23T02:15:32.000Z');
    },
  );
});
