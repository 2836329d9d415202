import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { loadMerchants } from '#config/merchants.ts';
import { loadUnits } from '#config/units.ts';
import type { LocalAddresses } from './addresses.ts';
import { openBank } from './bank/bank-site.ts';
import { loadPlayedAccounts, type PlayedAccount } from './bank/played-account.ts';
import { type CloudSide, makeCloudSide } from './cloud/cloud-side.ts';
import { passEdge } from './cloud/edge.ts';
import { localDeployment } from './cloud/local-deployment.ts';
import { readStacks } from './cloud/synthesise.ts';
import { type DossierSystem, makeDossierSystem } from './dossier-system.ts';
import { type Engines, startEngines } from './engines/start-engines.ts';
import { gatewayChoicesOf } from './pages/gateway-choice.ts';
import { listNewestPayments } from './pages/ledger-questions.ts';
import { makePagesSite } from './pages/pages-site.ts';
import type { Ports } from './ports.ts';
import { type LocalSecrets, readSecrets } from './secrets.ts';
import { Shutdown } from './shutdown.ts';
import { readSigningMaterial, type SigningMaterial } from './signing-material.ts';
import { watchDropFolder } from './statements/drop-folder.ts';
import { startWebServer } from './web-server.ts';

export interface StackOptions {
  readonly ports: Ports;
  /** Everything that must survive a restart lies here. */
  readonly stateFolder: string;
  /** Progress and trouble, for people. */
  readonly say: (line: string) => void;
}

/** The whole product on this machine. */
export interface LocalStack {
  readonly addresses: LocalAddresses;
  readonly dossierSystem: DossierSystem;
  /** Our merchant accounts, with the gateways that the bank plays. */
  readonly bankAccounts: readonly PlayedAccount[];
  readonly sqs: SQSClient;
  /** What receipts are signed and verified with. */
  readonly signing: SigningMaterial;
  readonly stop: () => Promise<void>;
}

/** Starts everything, in the order in which one thing needs the other; stops what runs when something fails. */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const shutdown = new Shutdown();
  try {
    const stack = await start(options, shutdown);
    return { ...stack, stop: () => shutdown.run() };
  } catch (fault) {
    await shutdown.run();
    throw fault;
  }
}

async function start(options: StackOptions, shutdown: Shutdown): Promise<Omit<LocalStack, 'stop'>> {
  const { ports, stateFolder, say } = options;
  const baseUrl = `http://localhost:${ports.http}`;
  say('Khởi động DynamoDB Local, SQS, S3 và máy chủ cấp mã truy cập; tổng hợp mẫu CDK ...');
  const merchants = loadMerchants(localDeployment.stage, baseUrl);
  const secrets = await readSecrets(stateFolder, merchants);
  const bankAccounts = await loadPlayedAccounts(merchants, secrets.merchants);
  const [signing, engines, stacks] = await Promise.all([
    readSigningMaterial(stateFolder, loadUnits(localDeployment.stage)),
    startEngines({ ...localDeployment, ports, stateFolder, shutdown, say }),
    readStacks(),
  ]);
  say('Tạo bảng, hàng đợi, kho tệp theo mẫu; nạp các hàm ...');
  const cloudSide = await makeCloudSide({
    stacks,
    engines,
    stateFolder,
    onTrouble: say,
    facts: {
      publicBaseUrl: baseUrl,
      dynamoDbEndpoint: engines.dynamoDbEndpoint,
      queueAndBucketEndpoint: engines.queuesAndBuckets.endpoint,
      secretsFile: secrets.merchantsFile,
      originSecretFile: secrets.originFile,
      signingSecretsFile: signing.secretsFile,
      trustAnchorsFile: signing.trustAnchorsFile,
    },
  });
  const addresses = addressesOf({ baseUrl, statementsFolder: join(stateFolder, 'statements') }, engines, cloudSide);
  const dossierSystem = makeDossierSystem(baseUrl, engines.identityProvider);
  await serve({ options, shutdown, secrets, bankAccounts, engines, cloudSide, addresses, dossierSystem });
  await cloudSide.startFeeding(shutdown);
  await watchStatements(addresses, { options, shutdown, engines, cloudSide });
  return { addresses, dossierSystem, bankAccounts, sqs: engines.sqs, signing };
}

function addressesOf(
  own: Pick<LocalAddresses, 'baseUrl' | 'statementsFolder'>,
  engines: Engines,
  { environment }: CloudSide,
): LocalAddresses {
  const { tokenEndpoint, clientId, clientSecret } = engines.identityProvider;
  return {
    ...own,
    tokenEndpoint,
    clientId,
    clientSecret,
    queueUrl: environment['DOSSIER_QUEUE_URL'] ?? '',
    engines: { dynamoDb: engines.dynamoDbEndpoint, queuesAndBuckets: engines.queuesAndBuckets.endpoint },
  };
}

/** Files that people lay into the folder go the way of those that gateways send: into the bucket, which tells of them. */
async function watchStatements(
  { statementsFolder: folder }: LocalAddresses,
  { options, shutdown, engines, cloudSide }: Pick<Served, 'options' | 'shutdown' | 'engines' | 'cloudSide'>,
): Promise<void> {
  const bucket = cloudSide.environment['STATEMENTS_BUCKET'] ?? '';
  const watch = await watchDropFolder({
    folder,
    stateFile: join(options.stateFolder, 'statements.json'),
    deliver: async (key, bytes) =>
      void (await engines.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }))),
    onTrouble: options.say,
  });
  shutdown.add(watch.stop);
}

interface Served {
  readonly options: StackOptions;
  readonly shutdown: Shutdown;
  readonly secrets: LocalSecrets;
  readonly bankAccounts: readonly PlayedAccount[];
  readonly engines: Engines;
  readonly cloudSide: CloudSide;
  readonly addresses: LocalAddresses;
  readonly dossierSystem: DossierSystem;
}

/** One port for pages, bank and interface; what is no page or bank goes through the edge to the interface. */
async function serve({
  options,
  shutdown,
  secrets,
  bankAccounts,
  engines,
  cloudSide,
  addresses,
  dossierSystem,
}: Served): Promise<void> {
  const bank = await openBank({
    accounts: bankAccounts,
    publicBaseUrl: addresses.baseUrl,
    bookFile: join(options.stateFolder, 'bank.json'),
    dropFolder: addresses.statementsFolder,
  });
  shutdown.add(bank.stop);
  const tableName = cloudSide.environment['TABLE_NAME'] ?? '';
  const pages = makePagesSite({
    dossierSystem,
    addresses,
    gateways: gatewayChoicesOf(bankAccounts),
    listPayments: () => listNewestPayments(engines.dynamoDb, tableName),
    peekConfirmations: () => engines.queuesAndBuckets.peek(addresses.queueUrl.split('/').at(-1) ?? ''),
  });
  const api = (request: Parameters<typeof passEdge>[0]) => cloudSide.httpApi(passEdge(request, secrets.origin));
  shutdown.add(await startWebServer(options.ports.http, [pages, bank.site, api], options.say));
}
