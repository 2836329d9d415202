import { DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The floor: a function that imports the DynamoDB client and sends the update that it is given, nothing else. */
export const handler = (update: UpdateItemCommandInput) => client.send(new UpdateItemCommand(update));
