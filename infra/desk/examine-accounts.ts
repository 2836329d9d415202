import type { GatewayAddress } from '#config/gateway-addresses.ts';
import type { Stage } from '#config/stage.ts';
import type { Instant } from '#schemas/ids.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import type { SecretStore } from '#shared/domain/ports.ts';
import type { Gateway, GatewayConnection } from '#shared/gateways/gateway.ts';
import type { GatewayPlayer } from '#shared/gateways/player.ts';
import { isMistakenFor, type Seal, type TriedAccount, tryAccount } from './try-account.ts';

/** What is configured of one merchant account, and what its self-test found. */
export interface AccountReport {
  readonly gateway: string;
  readonly merchant: string;
  /** Whose account it is. */
  readonly label: string;
  readonly default: boolean;
  readonly units: readonly string[];
  /** Where the gateway calls us; to be registered there. */
  readonly callbackUrl: string;
  /** Settings that are addresses, by their names. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Where the gateway says that it calls from; none when it announces none. */
  readonly sourceAddresses: readonly string[];
  /** Nothing while the account cannot be used. */
  readonly can?: Capabilities;
  /** How many secrets are live: two during a rotation. */
  readonly liveSecrets: number;
  /** Sentences for people; none when the account is in order. */
  readonly faults: readonly string[];
}

export interface Capabilities {
  /** How its callbacks prove themselves, as far as there are secrets to try. */
  readonly seal?: Seal;
  readonly query: boolean;
  readonly refund: boolean;
  readonly confirmAboveVnd?: number;
}

export interface ExaminationNeeds {
  readonly stage: Stage;
  readonly merchants: readonly Merchant[];
  readonly unitCodes: readonly string[];
  readonly gatewayAddresses: readonly GatewayAddress[];
  readonly publicBaseUrl: string;
  readonly secrets: SecretStore;
  readonly findGateway: (name: string) => Promise<Gateway | undefined>;
  readonly loadPlayer: (name: string) => Promise<GatewayPlayer>;
  readonly now: Instant;
}

interface Examined {
  readonly report: AccountReport;
  /** Nothing when the account cannot be used. */
  readonly tried?: TriedAccount;
}

/** Examines every account, so that all faults are named at once. */
export async function examineAccounts(needs: ExaminationNeeds): Promise<readonly AccountReport[]> {
  const examined = await Promise.all(needs.merchants.map((merchant) => examineAccount(merchant, needs)));
  const usable = examined.flatMap(({ tried }) => tried ?? []);
  return examined.map(({ report, tried }) => {
    const mistaken = tried === undefined ? [] : usable.filter((other) => isSender(other, tried, needs.now));
    const faults = mistaken.map(
      ({ account }) =>
        `tin ký cho tài khoản ${account.merchant} cũng được tin ở đây: hai tài khoản dùng chung khóa ` +
        `(a message for the account ${account.merchant} is believed here too: they share a secret)`,
    );
    return withFaults(report, faults);
  });
}

function isSender(other: TriedAccount, receiver: TriedAccount, now: Instant): boolean {
  return other !== receiver && other.gateway === receiver.gateway && isMistakenFor(other, receiver, now);
}

async function examineAccount(merchant: Merchant, needs: ExaminationNeeds): Promise<Examined> {
  const gateway = await needs.findGateway(merchant.gateway);
  if (gateway === undefined) return { report: withFaults(reportOf(merchant, needs), [noSuchGateway]) };
  const player = await needs.loadPlayer(merchant.gateway);
  const live = await readSecrets(merchant, needs.secrets);
  const report = withFaults({ ...reportOf(merchant, needs), liveSecrets: live.secrets.length }, live.faults);
  // Settings are examined also where secrets are missing, with made-up ones.
  const secrets = live.secrets.length > 0 ? live.secrets : [player.makeSecret()];
  const account = { merchant: merchant.merchant, settings: merchant.settings, secrets };
  const bound = connect(gateway, account);
  if ('fault' in bound) return { report: withFaults(report, [bound.fault]) };
  const { connection } = bound;
  const can = capabilitiesOf(connection);
  if (live.secrets.length === 0) return { report: { ...report, can } };
  const tried = { gateway: gateway.name, account, connection, player };
  const { seal, faults } = await tryAccount(tried, needs.now);
  return { report: withFaults({ ...report, can: { ...can, ...(seal && { seal }) } }, faults), tried };
}

function withFaults(report: AccountReport, faults: readonly string[]): AccountReport {
  return { ...report, faults: [...report.faults, ...faults] };
}

const noSuchGateway =
  'hệ thống không có cổng này: sửa trường gateway; lỗi này chỉ lộ ra khi có giao dịch đầu tiên ' +
  '(no gateway of this name; a function shows it with the first message only)';

/** What the configuration says by itself. */
function reportOf(merchant: Merchant, needs: ExaminationNeeds): AccountReport {
  const addresses = addressesOf(merchant.settings);
  return {
    gateway: merchant.gateway,
    merchant: merchant.merchant,
    label: merchant.label,
    default: merchant.default,
    units: merchant.units,
    callbackUrl: `${needs.publicBaseUrl}/callbacks/${merchant.gateway}/${merchant.merchant}`,
    addresses,
    sourceAddresses: needs.gatewayAddresses
      .filter(({ gateway }) => gateway === merchant.gateway)
      .map(({ address }) => address),
    liveSecrets: 0,
    faults: [...faultsOfUnits(merchant, needs), ...faultsOfAddresses(addresses, needs.stage)],
  };
}

function addressesOf(settings: Merchant['settings']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      typeof value === 'string' && /^https?:/i.test(value) ? [[name, value]] : [],
    ),
  );
}

/** No function looks for these: payments of such a unit would quietly go to the default account. */
function faultsOfUnits({ units }: Merchant, { unitCodes }: ExaminationNeeds): readonly string[] {
  return units
    .filter((unit) => !unitCodes.includes(unit))
    .map((unit) => `đơn vị ${unit} không có trong units.json (the unit is not in units.json)`);
}

function faultsOfAddresses(addresses: AccountReport['addresses'], stage: Stage): readonly string[] {
  if (stage !== 'prod') return [];
  return Object.entries(addresses)
    .filter(([, address]) => !/^https:/i.test(address))
    .map(([name]) => `${name} phải là địa chỉ https ở prod (must be an https address in prod)`);
}

interface LiveSecrets {
  readonly secrets: readonly unknown[];
  readonly faults: readonly string[];
}

async function readSecrets({ gateway, merchant }: Merchant, store: SecretStore): Promise<LiveSecrets> {
  try {
    const secrets = await store.readMerchantSecrets(gateway, merchant);
    return secrets === undefined ? { secrets: [], faults: [missingSecrets] } : { secrets, faults: [] };
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    return { secrets: [], faults: [`không đọc được kho khóa (the secret store cannot be read): ${why}`] };
  }
}

const missingSecrets =
  'chưa có khóa trong kho khóa; lỗi này chỉ lộ ra khi có giao dịch đầu tiên ' +
  '(no secret in the secret store; a function shows it with the first message only)';

function connect(gateway: Gateway, account: TriedAccount['account']) {
  try {
    return { connection: gateway.connect(account) };
  } catch (fault) {
    if (!(fault instanceof ConfigurationError)) throw fault;
    const when = 'cấu hình hoặc khóa sai, chỉ lộ ra khi có giao dịch đầu tiên (shown with the first message only)';
    return { fault: `${when}: ${fault.message}` };
  }
}

function capabilitiesOf({ askAttempt, refunding, confirmAboveVnd }: GatewayConnection): Capabilities {
  return {
    query: askAttempt !== undefined,
    refund: refunding !== undefined,
    ...(confirmAboveVnd !== undefined && { confirmAboveVnd }),
  };
}
