import { localAccount } from '#infra/local/local-account.ts';
import type { LocalValueOf, Resource } from './template.ts';

const { region, accountId } = localAccount;

/** The template leaves names to CloudFormation; here a resource is called by its logical id. */
export function tableNameOf({ logicalId }: Resource): string {
  return logicalId;
}

export function queueNameOf({ logicalId, properties }: Resource): string {
  return properties['FifoQueue'] === true ? `${logicalId}.fifo` : logicalId;
}

/** Names of buckets are in small letters. */
export function bucketNameOf({ logicalId }: Resource): string {
  return logicalId.toLowerCase();
}

/**
 * The address that the queue engine gives has a host name that not every machine resolves; it knows a queue by the
 * end of the address alone, so the engine's own address may stand before it.
 */
export function queueUrlOf(queue: Resource, endpoint: string): string {
  return `${endpoint}/${accountId}/${queueNameOf(queue)}`;
}

export function queueArnOf(queue: Resource): string {
  return `arn:aws:sqs:${region}:${accountId}:${queueNameOf(queue)}`;
}

/** Values of `Ref` and `Fn::GetAtt` for what exists here. */
export function localValues(facts: { readonly queueEndpoint: string; readonly streamArn: string }): LocalValueOf {
  return (resource, attribute) => {
    const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      'AWS::DynamoDB::GlobalTable': { Ref: tableNameOf(resource), StreamArn: facts.streamArn },
      'AWS::SQS::Queue': { Ref: queueUrlOf(resource, facts.queueEndpoint), Arn: queueArnOf(resource) },
      'AWS::S3::Bucket': { Ref: bucketNameOf(resource), Arn: `arn:aws:s3:::${bucketNameOf(resource)}` },
    };
    const value = values[resource.type]?.[attribute ?? 'Ref'];
    if (value !== undefined) return value;
    throw new Error(
      `${resource.logicalId} (${resource.type}) has no ${attribute ?? 'Ref'} on this machine: ` +
        'give the variable that uses it a local value in infra/local/cloud/local-environment.ts.',
    );
  };
}
