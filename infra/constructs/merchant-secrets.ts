import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { WatchedFunction } from './watched-function.ts';

/** Secrets of merchants and of signing are put there by people, one per account or key, and are not known to the template. */
export function letReadSecretsUnder(prefix: string, target: WatchedFunction): void {
  const arn = Stack.of(target).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${prefix}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  target.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] }));
}
