import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadGatewayAddresses } from '#config/gateway-addresses.ts';
import { loadMerchants } from '#config/merchants.ts';
import { type Stage, stageSchema } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import { loadPlayer } from '#infra/local/bank/load-players.ts';
import { portsFrom, readPortBase } from '#infra/local/ports.ts';
import { instantSchema } from '#schemas/ids.ts';
import { makeSecretStore, type SecretPlace } from '#shared/adapters/secret-store.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { renderAccounts } from './account-table.ts';
import { examineAccounts } from './examine-accounts.ts';
import { tellFault } from './tell-fault.ts';

const help = `npm run gateways [-- --stage dev|prod] [--json]

In mọi tài khoản ở các cổng thanh toán và tự kiểm khóa của chúng; không gửi gì ra ngoài, không in khóa nào.
Prints every merchant account and tests its secrets; sends nothing, shows no secret.

Phép thử đóng vai cổng bằng chính các khóa này, nên không biết được khóa có bị gõ sai so với cổng hay không (the test
plays the gateway with the same secrets: only the gateway itself can tell that one was mistyped).

  --stage   dev (mặc định) hay prod: danh sách nào trong config/
  --json    mỗi tài khoản một dòng JSON (one line of JSON for each account)

Khóa đọc từ SECRETS_FILE (tệp) hoặc SECRETS_PREFIX (AWS Secrets Manager, ví dụ bienlai/prod/merchants), như các hàm.
Không đặt gì thì ở dev đọc tệp mà \`npm start\` tạo ở lần chạy đầu. PUBLIC_BASE_URL là địa chỉ công khai, để in địa chỉ
gọi lại (without these, dev reads the file that npm start makes; PUBLIC_BASE_URL is for the callback addresses).`;

const { env } = process;
const stateFolder = env['STATE_DIR'] ?? fileURLToPath(new URL('../../.local', import.meta.url));

/** Where functions would look, else the file that `npm start` keeps. */
function secretPlaceOf(stage: Stage): SecretPlace {
  const { SECRETS_FILE, SECRETS_PREFIX } = env;
  if (SECRETS_FILE !== undefined || SECRETS_PREFIX !== undefined) return { SECRETS_FILE, SECRETS_PREFIX };
  return stage === 'dev' ? { SECRETS_FILE: join(stateFolder, 'secrets.json') } : {};
}

/** In dev the local stack's; elsewhere only who set the edge up knows it. */
function publicBaseUrlOf(stage: Stage): string {
  const given = env['PUBLIC_BASE_URL'];
  if (given !== undefined) return given.replace(/\/+$/, '');
  return stage === 'dev' ? `http://localhost:${portsFrom(readPortBase(env['PORT'])).http}` : '<PUBLIC_BASE_URL>';
}

async function run(stage: Stage, asJson: boolean): Promise<void> {
  const place = secretPlaceOf(stage);
  const reports = await examineAccounts({
    stage,
    merchants: loadMerchants(stage, env['MERCHANT_SETTINGS_BASE_URL']),
    unitCodes: loadUnits(stage).map(({ unitCode }) => unitCode),
    gatewayAddresses: loadGatewayAddresses(stage),
    publicBaseUrl: publicBaseUrlOf(stage),
    secrets: makeSecretStore(place),
    findGateway,
    loadPlayer,
    now: instantSchema.parse(new Date().toISOString()),
  });
  const secretPlace = place.SECRETS_FILE ?? `${place.SECRETS_PREFIX}/…`;
  const text = asJson
    ? reports.map((report) => JSON.stringify(report)).join('\n')
    : renderAccounts(reports, { stage, secretPlace });
  process.stdout.write(`${text}\n`);
  if (reports.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}

try {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string', default: 'dev' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const stage = stageSchema.safeParse(values.stage);
  if (!stage.success) throw new Error(`--stage phải là dev hay prod, không phải "${values.stage}" (dev or prod).`);
  if (values.help) process.stdout.write(`${help}\n`);
  else await run(stage.data, values.json);
} catch (fault) {
  tellFault(fault, 'gateways');
}
