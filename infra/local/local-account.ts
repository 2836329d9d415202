/**
 * The account that the local engines pretend to be. They check no signature, but DynamoDB Local keeps a table
 * under the access key and region it was made with unless told otherwise, so everybody uses these.
 */
export const localAccount = {
  region: 'ap-southeast-1',
  accountId: '000000000000',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;
