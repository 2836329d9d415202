import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from '#config/stage.ts';

export interface SigningKeyProps {
  readonly stage: Stage;
  /** Tax code of the collecting organisation whose receipts the key signs. */
  readonly taxCode: string;
}

/**
 * The key of one collecting organisation. It is declared when an authority is to certify it, not with every unit: a key
 * without a certificate signs nothing, and each one costs money by the month. Its public key goes into the
 * certificate request; the certificate comes back into `config/<stage>/signing.json` beside the alias.
 */
export class SigningKey extends Construct {
  readonly key: Key;
  /** What `keyId` in `config/<stage>/signing.json` says. */
  readonly aliasName: string;

  constructor(scope: Construct, id: string, { stage, taxCode }: SigningKeyProps) {
    super(scope, id);
    this.aliasName = `alias/bienlai-${stage}-${taxCode}`;
    this.key = new Key(this, 'Key', {
      description: `Signs the receipts of ${taxCode} (${stage})`,
      keySpec: KeySpec.RSA_2048,
      keyUsage: KeyUsage.SIGN_VERIFY,
      alias: this.aliasName,
      // The longest there is: whoever notices the mistake has a month to undo it.
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // KMS knows no deletion protection: who means it changes this policy first, which is a second step and is logged.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ProtectFromDeletion',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:ScheduleKeyDeletion'],
        resources: ['*'],
      }),
    );
  }

  /** Lets one function sign digests with the one algorithm of receipts, and nothing else. */
  grantSign(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['kms:Sign'],
      resourceArns: [this.key.keyArn],
      conditions: {
        StringEquals: { 'kms:SigningAlgorithm': 'RSASSA_PKCS1_V1_5_SHA_256', 'kms:MessageType': 'DIGEST' },
      },
    });
  }
}
