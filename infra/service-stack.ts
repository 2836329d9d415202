import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { reminderHourOf } from '#config/reconciliation.ts';
import { fontsFolder } from './constructs/bundling.ts';
import { financeDesk, letRefund, letServeDesk, openFinanceApi, refundDesk } from './constructs/finance-api.ts';
import { letHeal } from './constructs/healing-grants.ts';
import { letReadSecretsUnder } from './constructs/merchant-secrets.ts';
import { PaymentApi } from './constructs/payment-api.ts';
import { paymentSweep, sweepRegularly } from './constructs/payment-sweep.ts';
import { PublicEdge } from './constructs/public-edge.ts';
import { openLookup, publicLookup } from './constructs/public-lookup.ts';
import { letCorrectReceipts, receiptCorrections } from './constructs/receipt-corrections.ts';
import { letIssueReceipts } from './constructs/receipt-grants.ts';
import { watchSeries } from './constructs/series-watch.ts';
import { letReconcile, startByStatements, statementReconciling } from './constructs/statement-reconciling.ts';
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
    const { apiDomain, edgeDomain } = settings;
    const api = new PaymentApi(this, 'PaymentApi', { ...settings, domain: apiDomain, alarms: data.alarms });
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
    this.#reconcileDay();
    this.#serveFinance(api);
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
    watchSeries(issueReceipt);
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

  #chasePayments(): void {
    const { ledger, dossierQueue } = this.#data;
    const environment = { DOSSIER_QUEUE_URL: dossierQueue.queueUrl, ...this.#healingNames() };
    const chasePayments = this.#declare('chase-payments', { ...paymentSweep, environment });
    letHeal(chasePayments, this.#data, this.#everySecretName());
    this.#letConfirm(chasePayments);
    sweepRegularly(chasePayments, { ledger, every: Duration.minutes(this.#settings.chaseEveryMinutes) });
  }

  #reconcileDay(): void {
    const environment = { STATEMENTS_BUCKET: this.#data.statements.bucketName, ...this.#healingNames() };
    const reconcileDay = this.#declare('reconcile-day', { ...statementReconciling, environment });
    letReconcile(reconcileDay, this.#data, this.#everySecretName());
    const reminderHour = reminderHourOf(this.#settings.stage);
    startByStatements(reconcileDay, { statements: this.#data.statements, reminderHour });
  }

  /** What finance staff ask; what they begin, the sweep carries on. */
  #serveFinance(api: PaymentApi): void {
    const { staffCodeClaim: STAFF_CODE_CLAIM, staffRolesClaim: STAFF_ROLES_CLAIM } = this.#settings;
    const staff = { ...this.#originSecret(), STAFF_CODE_CLAIM, STAFF_ROLES_CLAIM };
    const { FONTS_DIR, ...archive } = this.#archiveNames();
    const refunds = this.#declare('refund-payment', {
      ...refundDesk,
      environment: { ...this.#secretNames(), ...staff },
    });
    letRefund(refunds, this.#data, this.#secretNames().SECRETS_PREFIX);
    const corrections = this.#declare('correct-receipt', {
      ...receiptCorrections,
      environment: { ...archive, ...staff },
    });
    letCorrectReceipts(corrections, this.#data);
    const buckets = {
      EVIDENCE_BUCKET: this.#data.evidence.bucketName,
      RECEIPTS_BUCKET: archive.RECEIPTS_BUCKET,
      STATEMENTS_BUCKET: this.#data.statements.bucketName,
    };
    const environment = { ...buckets, FONTS_DIR, ...staff };
    const desk = this.#declare('finance-desk', { ...financeDesk, environment });
    letServeDesk(desk, this.#data);
    openFinanceApi({ desk, refunds, corrections }, { api, originSecret: this.#edge.originSecret });
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

  #everySecretName() {
    return { ...this.#secretNames(), ...this.#signingSecretNames() };
  }

  /** What asks gateways and issues receipts. */
  #healingNames() {
    return { EVIDENCE_BUCKET: this.#data.evidence.bucketName, ...this.#archiveNames(), ...this.#everySecretName() };
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
