import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadGatewayAddresses } from '#config/gateway-addresses.ts';
import { loadMerchants } from '#config/merchants.ts';
import { loadUnits } from '#config/units.ts';
import { renderAccounts } from '#infra/desk/account-table.ts';
import { type AccountReport, type ExaminationNeeds, examineAccounts } from '#infra/desk/examine-accounts.ts';
import { isMistakenFor, type TriedAccount, tryAccount } from '#infra/desk/try-account.ts';
import { loadPlayer } from '#infra/local/bank/load-players.ts';
import { completeSecrets, type MerchantSecrets } from '#infra/local/secrets.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import type { SecretStore } from '#shared/domain/ports.ts';
import { findGateway, gatewayNames } from '#shared/gateways/registry.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';
import { playedAccounts } from '#test/support/played-accounts.ts';

type SomeSecrets = Readonly<Record<string, Readonly<Record<string, readonly unknown[] | undefined>>>>;

const merchants = loadMerchants('dev');
const secrets = await completeSecrets({}, merchants);

function examine(
  changes: Partial<ExaminationNeeds> = {},
  live: SomeSecrets = secrets,
): Promise<readonly AccountReport[]> {
  return examineAccounts({
    stage: 'dev',
    merchants,
    unitCodes: loadUnits('dev').map(({ unitCode }) => unitCode),
    gatewayAddresses: loadGatewayAddresses('dev'),
    publicBaseUrl: 'https://bienlai.example.vn',
    secrets: storeOf(live),
    findGateway,
    loadPlayer,
    now: anInstant,
    ...changes,
  });
}

function storeOf(live: SomeSecrets): SecretStore {
  return { readMerchantSecrets: async (gateway, merchant) => live[gateway]?.[merchant] };
}

/** The accounts of dev with changes to the first one at a gateway. */
function changed(gateway: string, changes: Partial<Merchant>): readonly Merchant[] {
  const first = merchants.find((merchant) => merchant.gateway === gateway);
  return merchants.map((merchant) => (merchant === first ? { ...merchant, ...changes } : merchant));
}

const reportOf = (reports: readonly AccountReport[], gateway: string, merchant = 'ttpvhcc') =>
  reports.find((report) => report.gateway === gateway && report.merchant === merchant);

describe('the examination of merchant accounts', () => {
  it('finds every account of dev in order, at every gateway', async () => {
    const reports = await examine();
    expect(new Set(reports.map(({ gateway }) => gateway))).toEqual(new Set(gatewayNames));
    for (const report of reports) expect(report).toMatchObject({ faults: [], liveSecrets: 1 });
  });

  it('says what is configured, and what the gateway can do', async () => {
    const reports = await examine();
    expect(reportOf(reports, 'vnpay')).toMatchObject({
      default: true,
      units: ['ttpvhcc', 'hong-gai'],
      callbackUrl: 'https://bienlai.example.vn/callbacks/vnpay/ttpvhcc',
      addresses: { payUrl: expect.stringContaining('/vpcpay.html'), apiUrl: expect.stringContaining('http') },
      sourceAddresses: ['113.160.92.202', '203.205.17.226', '103.220.84.4'],
      can: { seal: 'content', query: true, refund: true },
    });
    expect(reportOf(reports, 'sepay')).toMatchObject({ can: { seal: 'content', query: false, refund: false } });
    expect(reportOf(reports, 'sepay-pg')).toMatchObject({ can: { seal: 'sender', confirmAboveVnd: 2_000_000 } });
  });

  it('shows no secret, in no form, also when it is faulty', async () => {
    const broken = { ...secrets, momo: { ttpvhcc: [{ partnerCode: { value: 'LEAK-1' }, secretKey: 'LEAK-2' }] } };
    const reports = await examine({}, broken);
    const text = JSON.stringify(reports) + renderAccounts(reports, { stage: 'dev', secretPlace: 'a file' });
    for (const value of [...valuesOf(secrets), 'LEAK-1', 'LEAK-2']) expect(text).not.toContain(value);
    expect(reportOf(reports, 'momo')?.faults.join()).toContain('secrets[0].partnerCode');
    expect(reportOf(reports, 'momo')).not.toHaveProperty('can');
  });

  it('names the faults of all accounts at once', async () => {
    const { zalopay: _none, ...others } = secrets;
    const faulty = [
      ...changed('vnpay', { settings: { payUrl: 'vnpay', apiURL: 'https://x.example' }, units: ['hong-gay'] }),
      { gateway: 'paypal', merchant: 'ttpvhcc', label: 'Thử', default: true, units: [], settings: {} },
    ];
    const reports = await examine({ merchants: faulty }, others);
    const faultsOf = (gateway: string) => reportOf(reports, gateway)?.faults ?? [];
    expect(faultsOf('vnpay')).toEqual([
      expect.stringContaining('hong-gay'),
      expect.stringMatching(/chỉ lộ ra khi có giao dịch đầu tiên.*settings has unknown names: apiURL|settings.payUrl/),
    ]);
    expect(faultsOf('zalopay')).toEqual([expect.stringContaining('chưa có khóa')]);
    expect(faultsOf('paypal')).toEqual([expect.stringContaining('no gateway of this name')]);
    expect(faultsOf('momo')).toEqual([]);
  });

  it('examines settings also where secrets are missing, and names both', async () => {
    const reports = await examine({ merchants: changed('vnpay', { settings: {} }) }, {});
    expect(reportOf(reports, 'vnpay')?.faults).toEqual([
      expect.stringContaining('chưa có khóa'),
      expect.stringMatching(/settings\.payUrl .*settings\.apiUrl /),
    ]);
    expect(reports.every(({ faults, liveSecrets }) => faults.length > 0 && liveSecrets === 0)).toBe(true);
  });

  it('wants https in prod, and says which setting has it not', async () => {
    const reports = await examine({ stage: 'prod' });
    expect(reportOf(reports, 'momo')?.faults).toEqual([expect.stringContaining('apiBaseUrl phải là địa chỉ https')]);
    expect(reportOf(reports, 'sepay')?.faults).toEqual([]);
  });

  it('goes on when the secret store cannot be read', async () => {
    const unreadable = { readMerchantSecrets: () => Promise.reject(new Error('AccessDeniedException')) };
    const reports = await examine({ secrets: unreadable });
    expect(reports.map(({ faults }) => faults)).toEqual(
      merchants.map(() => [expect.stringContaining('AccessDeniedException')]),
    );
  });

  it('names two accounts that share a secret: a message for one would settle at the other', async () => {
    const shared = { ...secrets, vnpay: { ...secrets['vnpay'], vpdkdd: secrets['vnpay']?.['ttpvhcc'] } };
    const reports = await examine({}, shared);
    expect(reportOf(reports, 'vnpay')?.faults).toEqual([expect.stringContaining('tài khoản vpdkdd')]);
    expect(reportOf(reports, 'vnpay', 'vpdkdd')?.faults).toEqual([expect.stringContaining('tài khoản ttpvhcc')]);
    expect(reportOf(reports, 'momo')?.faults).toEqual([]);
  });
});

describe.each(playedAccounts)('the self-test of $title', ({ gateway, player, connection, account, order }) => {
  const rotating = { ...account, secrets: [player.makeSecret(), ...account.secrets] };
  const tried = { gateway: gateway.name, account, connection, player };
  const trial = (changes: Partial<TriedAccount>) => tryAccount({ ...tried, ...changes }, anInstant);

  it('passes with one secret, and with two of which the new one signs', async () => {
    expect((await trial({})).faults).toEqual([]);
    expect((await trial({ account: rotating, connection: gateway.connect(rotating) })).faults).toEqual([]);
  });

  it('names a secret that verifies nothing', async () => {
    const { faults } = await trial({ account: rotating });
    expect(faults).toContainEqual(expect.stringContaining('khóa thứ 1'));
    expect(faults).not.toContainEqual(expect.stringContaining('khóa thứ 2'));
  });

  it('is not passed by a message for another account, whichever of its secrets signed', () => {
    const other = { ...account, secrets: [player.makeSecret(), player.makeSecret()] };
    const sender = { ...tried, account: other, connection: gateway.connect(other) };
    expect(isMistakenFor(sender, { ...tried, connection: gateway.connect(rotating) }, anInstant)).toBe(false);
  });

  it('names a connection that believes anything', async () => {
    const news = { result: 'paid', amountVnd: 50_000, transactionNo: '1', at: anInstant } as const;
    const genuine = player.signCallback(order, news, account);
    const believing = { ...connection, readCallback: () => connection.readCallback(genuine, anInstant) };
    const { faults } = await trial({ connection: believing });
    expect(faults).toContainEqual(expect.stringContaining('tin bị sửa vẫn được tin'));
  });
});

const sending = playedAccounts.filter(({ player }) => player.readTransfer === undefined);

describe.each(sending)('the self-test of what we send to $title', ({ gateway, player, account }) => {
  it('names requests that another secret than the first signed', async () => {
    const [old] = account.secrets;
    const fresh = player.makeSecret();
    const tried = { gateway: gateway.name, player, account: { ...account, secrets: [fresh, old] } };
    const signsWithOld = gateway.connect({ ...account, secrets: [old, fresh] });
    expect((await tryAccount({ ...tried, connection: signsWithOld }, anInstant)).faults).toEqual([
      expect.stringContaining('không được khóa thứ nhất ký đúng'),
    ]);
  });
});

describe('npm run gateways', () => {
  let folder: string;
  let secretsFile: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bien-lai-gateways-'));
    secretsFile = join(folder, 'secrets.json');
    await writeFile(secretsFile, JSON.stringify(secrets));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('prints one line of JSON for each account, and ends well', async () => {
    const { code, stdout } = await run({ SECRETS_FILE: secretsFile }, '--json');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
      merchants.map(({ gateway, merchant }) => expect.objectContaining({ gateway, merchant, faults: [] })),
    );
    expect(code).toBe(0);
  });

  it('takes the secrets of the local stack where nothing is said, and prints a table', async () => {
    const { code, stdout } = await run({ STATE_DIR: folder, PORT: '5000' });
    expect(stdout).toContain('http://localhost:5000/callbacks/sepay-pg/ttpvhcc');
    expect(stdout).toMatch(/^CỔNG +TÀI KHOẢN .*TỰ KIỂM\ngateway +account /m);
    expect(stdout.match(/^[a-z-]+ +[a-z]+ +(?:có|không) .* 1 +đạt$/gm)).toHaveLength(merchants.length);
    expect(code).toBe(0);
  });

  it('fails with the fault of every account, and says what to do', async () => {
    const { code, stdout } = await run({ SECRETS_FILE: join(folder, 'none.json') });
    expect(stdout.match(/LỖI: .*The one of the local run is made by `npm start`/g)).toHaveLength(merchants.length);
    expect(stdout).toContain('hãy sửa hết lỗi ở trên trước khi triển khai');
    expect(code).toBe(1);
  });

  it.each([
    [['--stage', 'prod'], 'config/prod/merchants.json is not usable'],
    [['--stage', 'test'], 'không phải "test"'],
    [['--colour'], '--colour'],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const { code, stderr } = await run({ SECRETS_FILE: secretsFile }, ...args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(1);
  });
});

async function run(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const command = fileURLToPath(new URL('../../../infra/desk/gateways.ts', import.meta.url));
  const env = { ...inheritCompileCache(), PATH: process.env['PATH'], ...environment };
  return promisify(execFile)(process.execPath, [command, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (fault: { code: number; stdout: string; stderr: string }) => fault,
  );
}

function valuesOf(all: MerchantSecrets): readonly string[] {
  return Object.values(all).flatMap((ofGateway) =>
    Object.values(ofGateway).flatMap((list) =>
      list.flatMap((secret) => Object.entries(secret).flatMap(([name, value]) => (name === 'mode' ? [] : [value]))),
    ),
  );
}
