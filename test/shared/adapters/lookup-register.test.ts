import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { lookupCodeSchema } from '#schemas/ids.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeLookupRegister } from '#shared/adapters/lookup-register.ts';
import { paymentKey } from '#shared/adapters/payment-items.ts';
import { countRequests } from '#test/support/faults.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { withReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord, putRecord } from '#test/support/paid-record.ts';

const code = lookupCodeSchema.parse('7KQ2M9XWPD4T');
const lost = lookupCodeSchema.parse('333333333333');
const unknown = lookupCodeSchema.parse('222222222222');

let table: Table;
beforeAll(async () => {
  const { documentClient, tableName } = await startTestTable();
  table = { client: documentClient, name: tableName };
});

describe('the register', () => {
  it('finds a receipt by its look-up code, with all of its payment, read consistently', async () => {
    const record = withReceipts(aPaidRecord());
    await putRecord(table, record);
    const requests = countRequests(table.client);

    const found = await makeLookupRegister(table).findByLookupCode(code);

    expect(found?.receipt).toEqual(record.receipts[0]);
    expect(found?.siblings).toEqual(record.receipts);
    expect(found?.payment).toEqual(record.payment);
    expect(requests.sent.map(({ input }) => 'ConsistentRead' in input)).toEqual([false, true]);
  });

  it('finds a receipt that a restore brought back without its payment', async () => {
    const record = withReceipts(aPaidRecord(), {}, { lookupCode: lost });
    await putRecord(table, record);
    const { client, name } = table;
    await client.send(new DeleteCommand({ TableName: name, Key: paymentKey(record.payment.paymentId) }));

    expect(await makeLookupRegister(table).findByLookupCode(lost)).toEqual({
      receipt: record.receipts[0],
      siblings: record.receipts,
      payment: undefined,
    });
  });

  it('asks as much for a code that nobody has', async () => {
    const requests = countRequests(table.client);

    expect(await makeLookupRegister(table).findByLookupCode(unknown)).toBeUndefined();

    expect(requests.of('QueryCommand')).toBe(2);
  });
});
