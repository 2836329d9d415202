import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Table } from '#shared/adapters/dynamo.ts';
import { receiptItem, receiptKey, seriesItem } from '#shared/adapters/payment-items.ts';
import { makeRegisterReader } from '#shared/adapters/register-reader.ts';
import { countRequests } from '#test/support/faults.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { aRegistered, aRun, aSeries, registryOffice } from '#test/support/register-scene.ts';

let table: Table;
const series = aSeries(250);

beforeAll(async () => {
  const { tableName, documentClient } = await startTestTable();
  table = { client: documentClient, name: tableName };
  const items = [seriesItem(series), ...aRun(1, 250).map(receiptItem), receiptItem(ofAnotherSeries)];
  for (const Item of items) await table.client.send(new PutCommand({ TableName: tableName, Item }));
});

const ofAnotherSeries = aRegistered(9_001, '2026-11-22', { content: { series: '26TAB' } });

function hintOf(number: number) {
  const { paymentId, gateway, paidAt } = aRun(number, number)[0]?.content ?? {};
  return { paymentId, gateway, paidAt };
}

async function numbersOf(from: number, to: number): Promise<readonly (readonly number[])[]> {
  const pages = [];
  for await (const page of makeRegisterReader(table).readPages(series, { from, to })) {
    pages.push(page.map(({ content }) => content.number));
  }
  return pages;
}

describe('the register of receipts', () => {
  it('gives the receipts of one series in order, a hundred at a time', async () => {
    const pages = await numbersOf(1, 10_000);
    expect(pages.map((page) => page.length).filter(Boolean)).toEqual([100, 100, 50]);
    expect(pages.flat()).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  });

  it('takes a range, and nothing for one that is empty', async () => {
    expect((await numbersOf(99, 101)).flat()).toEqual([99, 100, 101]);
    expect(await numbersOf(5, 4)).toEqual([]);
  });

  it('names the payments of a range out of the index alone', async () => {
    const requests = countRequests(table.client);
    const hints = [];
    for await (const page of makeRegisterReader(table).readHints(series, { from: 99, to: 101 })) hints.push(...page);
    expect(hints).toEqual([99, 100, 101].map(hintOf));
    expect(requests.of()).toBe(1);
    for await (const page of makeRegisterReader(table).readHints(series, { from: 5, to: 4 })) hints.push(...page);
    expect([hints.length, requests.of()]).toEqual([3, 1]);
  });

  it('finds the next receipt of the series, whatever is between', async () => {
    const register = makeRegisterReader(table);
    expect((await register.findFrom(series, 0))?.content.number).toBe(1);
    expect(await register.findFrom(series, 251)).toBeUndefined();
    expect((await register.findFrom({ ...series, series: '26TAB' }, 1))?.content.number).toBe(9_001);
    expect(await register.readSeries(registryOffice, 'EBL01')).toEqual([series]);
  });

  it('asks again for what DynamoDB left over', async () => {
    let batches = 0;
    const keys = receiptKey(aRegistered(1));
    const leftOver = { Responses: { [table.name]: [] }, UnprocessedKeys: { [table.name]: { Keys: [keys] } } };
    table.client.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        if (context['commandName'] !== 'BatchGetItemCommand') return answer;
        batches += 1;
        return batches > 1 ? answer : { ...answer, output: { ...answer.output, ...leftOver } };
      },
      { step: 'initialize', priority: 'high', name: 'leftOver' },
    );
    expect((await numbersOf(1, 1)).flat()).toEqual([1]);
    expect(batches).toBe(2);
    table.client.middlewareStack.remove('leftOver');
  });

  it('shows a change at once, and no receipt whose item is gone', async () => {
    const [changed, gone] = [aRegistered(11), aRegistered(12)];
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: receiptKey(changed),
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': 'replaced' },
      }),
    );
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: receiptKey(gone) }));
    const states = [];
    for await (const page of makeRegisterReader(table).readPages(series, { from: 11, to: 12 })) {
      states.push(...page.map(({ content, state }) => [content.number, state]));
    }
    expect(states).toEqual([[11, 'replaced']]);
  });
});
