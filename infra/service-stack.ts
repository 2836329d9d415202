import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { fontsFolder } from './constructs/bundling.ts';
import { letReadSecretsUnder } from './constructs/merchant-secrets.ts';
import { PaymentApi } from './constructs/payment-api.ts';
import { PublicEdge } from './constructs/public-edge.ts';
import { openLookup, publicLookup } from './constructs/public-lookup.ts';
import { letCorrectReceipts, receiptCorrections } from './constructs/receipt-corrections.ts';
import { letIssueReceipts } from './constructs/receipt-grants.ts';
import { startRegularly } from './constructs/regular-start.ts';
import { changeOf, consumeStream } from './constructs/stream-consumer.ts';
import { WatchedFunction, type WatchedFunctionProps } from './constructs/watched-function.ts';
import type { DataStack } from './data-stack.ts';
import { type StageSettings, stackProps } from './stage-settings.ts';

export interface ServiceStackProps {
  readonly settings: StageSettings;
  readonly data: DataStack;
  readonly webAclArn: string;
}

/** What happens to the data, in the order in which it happens (DESIGN §2). It may be deleted and made again. */
export class ServiceStack extends Stack {
  readonly #settings: StageSettings;
  readonly #data: DataStack;
  readonly #edge: PublicEdge;

  constructor(scope: Construct, { settings, data, webAclArn }: ServiceStackProps) {
    super(scope, 'Service', stackProps(settings, 'service', 'Functions and addresses of bien-lai'));
    this.#settings = settings;
    this.#data = data;
    const { issuer, audience, apiDomain, edgeDomain } = settings;
    const api = new PaymentApi(this, 'PaymentApi', { issuer, audience, domain: apiDomain, alarms: data.alarms });
    this.#edge = new PublicEdge(this, 'Edge', { originHost: api.originHost, domain: edgeDomain, webAclArn });

    const startPayment = this.#startPayment();
    api.protect(HttpMethod.POST, '/v1/payments', 'payments:write', startPayment);
    api.protect(HttpMethod.GET, '/v1/payments/{paymentId}', 'payments:read', startPayment);
    api.protect(HttpMethod.POST, '/v1/payments/{paymentId}/attempts', 'payments:write', startPayment);

    const acceptCallback = this.#acceptCallback();
    api.open(HttpMethod.ANY, '/callbacks/{gateway}/{merchant}', acceptCallback);
    api.open(HttpMethod.GET, '/return/{gateway}/{merchant}', acceptCallback);

    const verifyReceipt = this.#declare('verify-receipt', { ...publicLookup, environment: this.#originSecret() });
    openLookup(verifyReceipt, { api, ledger: data.ledger, originSecret: this.#edge.originSecret });

    this.#issueReceipt();
    this.#confirmDossier();
    this.#chasePayments();
    this.#refundPayment();
    this.#correctReceipt();
    new CfnOutput(this, 'PublicBaseUrl', { value: this.#edge.baseUrl });
  }

  #startPayment(): WatchedFunction {
    const { ledger, receipts, evidence, encryptionKey } = this.#data;
    const startPayment = this.#declare('start-payment', {
      failureMeans: 'Citizens cannot start paying a fee, or the dossier system cannot ask for one.',
      memorySize: 1024,
      // A gateway's answer is awaited up to the longest that the API waits for us.
      timeout: Duration.seconds(29),
      environment: {
        PUBLIC_BASE_URL: this.#edge.baseUrl,
        PROVINCE: this.#settings.province,
        RECEIPTS_BUCKET: receipts.bucketName,
        EVIDENCE_BUCKET: evidence.bucketName,
        ...this.#secretNames(),
        ...this.#originSecret(),
      },
    });
    ledger.grant(startPayment, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    // Signs the addresses under which receipts are opened, and so needs to be allowed to open them.
    allow(startPayment, ['s3:GetObject'], receipts.arnForObjects('*'));
    // Who looks at an open payment makes us ask its gateways; a long answer is kept as evidence.
    allow(startPayment, ['s3:PutObject'], evidence.arnForObjects('*'));
    encryptionKey.grant(startPayment, 'kms:Decrypt', 'kms:GenerateDataKey');
    letReadSecretsUnder(this.#secretNames().SECRETS_PREFIX, startPayment);
    this.#edge.originSecret.grantRead(startPayment);
    return startPayment;
  }

  #acceptCallback(): WatchedFunction {
    const { ledger, evidence, encryptionKey } = this.#data;
    const acceptCallback = this.#declare('accept-callback', {
      failureMeans: 'Citizens have paid, but the gateway was told to call again: their dossiers wait as unpaid.',
      memorySize: 1024,
      // Gateways give up after 15 seconds and more; by then they must have heard that they shall call again.
      timeout: Duration.seconds(10),
      environment: { EVIDENCE_BUCKET: evidence.bucketName, ...this.#secretNames(), ...this.#originSecret() },
    });
    ledger.grant(acceptCallback, ['GetItem', 'PutItem', 'UpdateItem']);
    allow(acceptCallback, ['s3:PutObject'], evidence.arnForObjects('*'));
    encryptionKey.grant(acceptCallback, 'kms:GenerateDataKey');
    letReadSecretsUnder(this.#secretNames().SECRETS_PREFIX, acceptCallback);
    this.#edge.originSecret.grantRead(acceptCallback);
    return acceptCallback;
  }

  #issueReceipt(): void {
    const { ledger, evidence, encryptionKey } = this.#data;
    const issueReceipt = this.#declare('issue-receipt', {
      failureMeans: 'Citizens have paid and get no receipt; the sweep tries again every few minutes.',
      // One whole processor: drawing and signing are what costs.
      memorySize: 1769,
      timeout: Duration.minutes(3),
      prints: true,
      environment: { ...this.#archiveNames(), ...this.#signingSecretNames() },
    });
    letIssueReceipts(issueReceipt, this.#data, this.#signingSecretNames().SIGNING_SECRETS_PREFIX);
    consumeStream(issueReceipt, {
      ledger,
      changes: [changeOf({ entity: ['payment'], state: ['paid'] })],
      // Numbers are taken for a whole batch at once, so a second of gathering makes many receipts cheap.
      gatherFor: Duration.seconds(1),
      failures: evidence,
      encryptionKey,
      failureMeans: 'Citizens who have paid wait for their receipt.',
    });
  }

  #confirmDossier(): void {
    const { ledger, evidence, dossierQueue, encryptionKey } = this.#data;
    const confirmDossier = this.#declare('confirm-dossier', {
      failureMeans: 'The dossier system does not hear of payments and receipts: paid dossiers stand still as unpaid.',
      memorySize: 1024,
      timeout: Duration.minutes(1),
      environment: { DOSSIER_QUEUE_URL: dossierQueue.queueUrl },
    });
    this.#letConfirm(confirmDossier);
    consumeStream(confirmDossier, {
      ledger,
      changes: [
        changeOf({ entity: ['payment'], state: ['paid', 'expired', 'waived'] }),
        changeOf({ entity: ['receipt'], state: ['signed'] }),
        changeOf({ entity: ['refund'], state: ['refunded'] }),
      ],
      gatherFor: Duration.seconds(0),
      failures: evidence,
      encryptionKey,
      failureMeans: 'The dossier system waits for news of payments and receipts.',
    });
  }

  /** The guarantee behind the stream: what a payment still owes is found and done here, whatever failed before. */
  #chasePayments(): void {
    const { ledger, evidence, dossierQueue, alarms } = this.#data;
    const chasePayments = this.#declare('chase-payments', {
      failureMeans: 'What was left undone stays undone: receipts, confirmations and expiries that failed once.',
      memorySize: 1769,
      // Shorter than the shortest interval, so that two sweeps do not run into each other.
      timeout: Duration.seconds(55),
      prints: true,
      environment: {
        DOSSIER_QUEUE_URL: dossierQueue.queueUrl,
        EVIDENCE_BUCKET: evidence.bucketName,
        ...this.#archiveNames(),
        ...this.#signingSecretNames(),
        ...this.#secretNames(),
      },
    });
    letIssueReceipts(chasePayments, this.#data, this.#signingSecretNames().SIGNING_SECRETS_PREFIX);
    this.#letConfirm(chasePayments);
    // What a gateway answers is evidence as what it calls with, and settles by the same writes.
    allow(chasePayments, ['s3:PutObject'], evidence.arnForObjects('*'));
    letReadSecretsUnder(this.#secretNames().SECRETS_PREFIX, chasePayments);
    ledger.grant(chasePayments, ['GetItem', 'UpdateItem'], ['payments-due']);
    ledger.grantReleaseOfClaims(chasePayments);
    startRegularly(chasePayments, {
      every: Duration.minutes(this.#settings.chaseEveryMinutes),
      failureMeans: 'The sweep over unfinished payments stands still: what failed once stays undone.',
    });
    alarms.watch(chasePayments, {
      name: 'chase-payments-behind',
      means: 'Payments wait longer than half an hour for what they still lack: a receipt, a confirmation, an expiry.',
      metric: chasePayments.ownMetric('OldestDueAge', { period: Duration.minutes(5), statistic: 'max' }),
      threshold: Duration.minutes(30).toSeconds(),
      periods: 2,
    });
  }

  /** Called by the finance desk alone; what it began, the sweep carries on. */
  #refundPayment(): void {
    const refundPayment = this.#declare('refund-payment', {
      failureMeans:
        'Finance staff cannot ask for refunds, approve them or record transfers; citizens wait for their money.',
      memorySize: 1024,
      // A gateway's answer to an order is awaited for 20 seconds, and then it is asked what became of it.
      timeout: Duration.minutes(1),
      environment: this.#secretNames(),
    });
    this.#data.ledger.grant(refundPayment, ['Query', 'PutItem', 'UpdateItem'], ['payments-due']);
    letReadSecretsUnder(this.#secretNames().SECRETS_PREFIX, refundPayment);
  }

  /** Called by the finance desk alone; what it numbered, the sweep signs. */
  #correctReceipt(): void {
    const { FONTS_DIR: _, ...environment } = this.#archiveNames();
    letCorrectReceipts(this.#declare('correct-receipt', { ...receiptCorrections, environment }), this.#data);
  }

  #declare(name: string, props: Omit<WatchedFunctionProps, 'alarms'>): WatchedFunction {
    const { alarms, ledger } = this.#data;
    return new WatchedFunction(this, name, {
      ...props,
      alarms,
      environment: {
        STAGE: this.#settings.stage,
        TABLE_NAME: ledger.table.tableName,
        ...props.environment,
      },
    });
  }

  #archiveNames() {
    return {
      PUBLIC_BASE_URL: this.#edge.baseUrl,
      RECEIPTS_BUCKET: this.#data.receipts.bucketName,
      FONTS_DIR: fontsFolder,
    };
  }

  #secretNames() {
    return { SECRETS_PREFIX: `bienlai/${this.#settings.stage}/merchants` };
  }

  /** Apart from the merchants' secrets: who takes callbacks has no business with what receipts are signed by. */
  #signingSecretNames() {
    return { SIGNING_SECRETS_PREFIX: `bienlai/${this.#settings.stage}/signing` };
  }

  #originSecret(): Record<string, string> {
    return { ORIGIN_SECRET_ID: this.#edge.originSecret.secretArn };
  }

  #letConfirm(target: WatchedFunction): void {
    const { ledger, dossierQueue, encryptionKey } = this.#data;
    ledger.grant(target, ['Query', 'PutItem']);
    allow(target, ['sqs:SendMessage'], dossierQueue.queueArn);
    encryptionKey.grant(target, 'kms:Decrypt', 'kms:GenerateDataKey');
  }
}

function allow(target: WatchedFunction, actions: string[], resource: string): void {
  target.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
}
