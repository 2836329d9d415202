import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LocalAddresses } from './addresses.ts';
import { portsFrom, readPortBase } from './ports.ts';
import { seedPayments } from './seed.ts';
import { startStack } from './stack.ts';

/** `PORT` is the first of four ports, `STATE_DIR` another folder for the state, so that two stacks can run side by side. */
const stateFolder = process.env['STATE_DIR'] ?? fileURLToPath(new URL('../../.local', import.meta.url));

const say = (line: string) => process.stdout.write(`${line}\n`);

// Receipts and callbacks go on while people read: only what is wrong belongs on their screen.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN';

try {
  const ports = portsFrom(readPortBase(process.env['PORT']));
  await mkdir(stateFolder, { recursive: true });
  const stack = await startStack({ ports, stateFolder, say });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('\nĐang dừng ... (stopping; the state is kept)');
      void stack.stop().then(() => process.exit(0));
    });
  }
  const payments = await seedPayments(stack.dossierSystem, stateFolder);
  say(`Đã có ${payments.length} hồ sơ mẫu.`);
  say(describe(stack.addresses));
} catch (fault) {
  process.stderr.write(
    `Không khởi động được (could not start): ${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exitCode = 1;
}

function describe({
  baseUrl,
  tokenEndpoint,
  clientId,
  clientSecret,
  queueUrl,
  statementsFolder,
}: LocalAddresses): string {
  return `
Mở trình duyệt (open in a browser):  ${baseUrl}/
Giao diện thanh toán (API):          ${baseUrl}/v1/payments
Hàng đợi xác nhận (dossier queue):   ${queueUrl}
Thư mục sao kê (drop statements):    ${statementsFolder}/<cổng>/<tài khoản>/<yyyy-mm-dd>/
Tài vụ (finance desk):               npm run finance -- login
Mã truy cập (access token):          curl -u '${clientId}:${clientSecret}' -d 'grant_type=client_credentials&scope=payments:read payments:write' ${tokenEndpoint}
Sẵn sàng (ready): ${baseUrl}/ · Ctrl-C để dừng (to stop)`;
}
