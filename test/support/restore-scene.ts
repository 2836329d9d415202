import { BatchWriteCommand, type BatchWriteCommandInput, paginateScan } from '@aws-sdk/lib-dynamodb';
import { checkRestore, type RestoreCheckNeeds } from '#functions/restore-check/check-restore.ts';
import type { ReceiptContent } from '#schemas/receipt.ts';
import { makeArchiveList } from '#shared/adapters/archive-list.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import type { Item } from '#shared/adapters/payment-items.ts';
import { makeRestoreLedger } from '#shared/adapters/restore-ledger.ts';
import { archiveKeyOf } from '#shared/domain/receipt.ts';
import { makeReceiptRecovery } from '#shared/signing/recover-receipt.ts';
import { makeIssuingScene } from './issuing-scene.ts';
import { makeRealSigning } from './real-signing.ts';

/** Receipts with their real documents, a table that can be set back, and the check that puts it right. */
export async function makeRestoreScene() {
  const scene = await makeIssuingScene();
  const { trust, ...signing } = makeRealSigning(scene.needs.clock);
  const told: number[] = [];
  const needs: RestoreCheckNeeds = {
    archive: makeArchiveList({ client: scene.engine.s3, name: scene.engine.bucketName }),
    ledger: makeRestoreLedger(scene.table),
    recovery: makeReceiptRecovery({
      archive: scene.needs.archive,
      trust,
      units: scene.needs.units,
      clock: scene.needs.clock,
    }),
    declaredSeries: scene.needs.declaredSeries,
    pauseBeforeTry: () => Promise.resolve(),
    tellProgress: (numbers) => void told.push(numbers),
  };
  return {
    ...scene,
    restoring: needs,
    told,
    issue: (...[paymentIds, change]: Parameters<typeof scene.issue>) =>
      scene.issue(paymentIds, { ...signing, ...change }),
    check: (apply = false, change: Partial<RestoreCheckNeeds> = {}) => checkRestore(apply, { ...needs, ...change }),
    /** The signed XML of a receipt, archived without its page and without a row. */
    archiveXml: async (content: ReceiptContent) => {
      const { documents, keys } = signing;
      const signer = await keys.signerOf(content.collector.taxCode, content.signingTime);
      if (signer === undefined) throw new Error('no signer');
      const bytes = await documents.signXml(documents.writeXml(content), content, signer);
      await scene.needs.archive.store(archiveKeyOf({ content }, 'xml'), bytes, 'application/xml');
    },
    copyTable: () => readItems(scene.table),
    restoreTable: async (copy: readonly Item[]) => {
      const keys = (await readItems(scene.table)).map(({ pk, sk }) => ({ pk, sk }));
      await write(
        scene.table,
        keys.map((Key) => ({ DeleteRequest: { Key } })),
      );
      await write(
        scene.table,
        copy.map((Item) => ({ PutRequest: { Item } })),
      );
    },
  };
}

export type RestoreScene = Awaited<ReturnType<typeof makeRestoreScene>>;

async function readItems(table: Table): Promise<readonly Item[]> {
  const items: Item[] = [];
  const pages = paginateScan({ client: table.client }, { TableName: table.name, ConsistentRead: true });
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items;
}

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

async function write(table: Table, requests: Requests): Promise<void> {
  for (let first = 0; first < requests.length; first += 25) {
    const some = requests.slice(first, first + 25);
    await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: some } }));
  }
}
