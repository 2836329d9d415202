import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { localAccount } from '#infra/local/local-account.ts';
import { portsFrom, readPortBase } from '#infra/local/ports.ts';
import { makeDocumentClient, type Table } from '#shared/adapters/dynamo.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The ledger that a command of the desk works on: with `TABLE_NAME` the one in AWS, region and credentials by the SDK's
 * own ways; without it the one of `npm start`, found by the same `PORT`. For every command under infra/desk/.
 * @throws Error in sentences that say what to start or to set
 */
export async function openDeskTable(environment: Variables = process.env): Promise<Table> {
  const name = environment['TABLE_NAME'];
  if (name !== undefined && name !== '') return { client: makeDocumentClient(), name };
  const { dynamoDb } = portsFrom(readPortBase(environment['PORT']));
  const { region, credentials } = localAccount;
  const client = makeDocumentClient({
    region,
    credentials,
    endpoint: `http://localhost:${dynamoDb}`,
    // What does not listen on this machine will not do so a moment later.
    maxAttempts: 1,
  });
  return { client, name: await findOnlyTable(client, dynamoDb) };
}

async function findOnlyTable(client: Table['client'], port: number): Promise<string> {
  const { TableNames: names = [] } = await client.send(new ListTablesCommand({})).catch((cause: unknown) => {
    throw new Error(
      `Không có sổ cục bộ ở cổng ${port}. Hãy chạy \`npm start\` (cùng PORT), hoặc đặt TABLE_NAME và AWS_REGION. ` +
        `(No ledger answers at port ${port}: run npm start with the same PORT, or set TABLE_NAME and AWS_REGION.)`,
      { cause },
    );
  });
  const [name, ...others] = names;
  if (name !== undefined && others.length === 0) return name;
  throw new Error(
    `Cổng ${port} có ${names.length} bảng, cần đúng một: đây có phải DynamoDB Local của \`npm start\`? ` +
      `(Port ${port} holds ${names.length} tables and must hold one: is it the engine of npm start?)`,
  );
}
