import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instantSchema } from '#schemas/ids.ts';
import type { PaymentView } from '#schemas/payment-view.ts';
import type { PlayedOrder } from '#shared/gateways/player.ts';
import { type Call, deliver, signCall } from './bank/callback-call.ts';
import { findAccount } from './bank/played-account.ts';
import { awaitReceipt, type DemoOptions, saveReceipt, verifySaved } from './demo-receipt.ts';
import { readConfirmations } from './dossier-queue.ts';
import { formatVnd } from './pages/layout.ts';
import { drawSequence, makeSampleRequest } from './sample-dossiers.ts';
import type { LocalStack } from './stack.ts';

/**
 * The main job, step by step, with real parts and real values: what is printed was returned by the interface, the
 * gateway's callback address, the archive or the queue.
 * @throws Error when a step does not come out as it must
 */
export async function demonstrate(stack: LocalStack, options: DemoOptions): Promise<void> {
  const { say } = options;
  const payment = await askForPayment(stack, say);
  const { order, call } = await openAttempt(stack, payment, say);
  await callBack(
    call,
    '00',
    `4. Khách trả ${formatVnd(order.amountVnd)}; cổng gọi lại có chữ ký (signed callback)`,
    say,
  );
  await callBack(call, '02', '5. Cổng gọi lại lần nữa (repeated callback)', say);
  const receipt = await awaitReceipt(stack, payment.paymentId);
  await saveReceipt(stack, receipt, options);
  await verifySaved(stack, receipt, options);
  await saveConfirmations(stack, payment, options);
  say('Xong: mọi bước đều đúng (done, every step as it must be).');
}

async function askForPayment({ dossierSystem, addresses }: LocalStack, say: DemoOptions['say']): Promise<PaymentView> {
  const token = await dossierSystem.getToken();
  say(`1. Mã truy cập (access token) từ ${addresses.tokenEndpoint} cho ${addresses.clientId}: ${token.slice(0, 24)}…`);
  const payment = await dossierSystem.createPayment(makeSampleRequest(0, drawSequence(), new Date()));
  const dossiers = payment.charges.map(({ dossierCode }) => dossierCode).join(', ');
  say(`2. Tạo thanh toán (created payment): ${payment.paymentId}, hồ sơ ${dossiers}, ${formatVnd(payment.amountVnd)}`);
  return payment;
}

/** Opens an attempt at VNPAY and reads the address as VNPAY would, signature included. */
async function openAttempt(
  { dossierSystem, bankAccounts, addresses: { baseUrl } }: LocalStack,
  { paymentId }: PaymentView,
  say: DemoOptions['say'],
): Promise<{ readonly order: PlayedOrder; readonly call: Call }> {
  const attempt = await dossierSystem.openAttempt(paymentId, { gateway: 'vnpay', clientIp: '203.0.113.7' });
  const played = findAccount(bankAccounts, attempt);
  if (attempt.redirectUrl === undefined || played === undefined)
    throw new Error('The attempt has no redirect address.');
  say(`3. Địa chỉ thanh toán (redirect URL): ${attempt.redirectUrl}`);
  const { pathname: path, search } = new URL(attempt.redirectUrl);
  const now = instantSchema.parse(new Date().toISOString());
  const visit = { method: 'GET', path, rawQuery: search.slice(1), headers: {}, body: '' };
  const reading = played.player.readVisit?.(visit, played.account, now);
  if (reading?.ok !== true) throw new Error(`VNPAY would refuse the redirect address: ${reading?.why ?? 'no page'}.`);
  const { order } = reading;
  const news = { result: 'paid', amountVnd: order.amountVnd, transactionNo: '14000001', at: now } as const;
  const call = signCall(played, { order, news, baseUrl });
  if (call === undefined) throw new Error('VNPAY calls back with every news.');
  return { order, call };
}

async function callBack(call: Call, expected: string, what: string, say: DemoOptions['say']): Promise<void> {
  const { status, answer } = await deliver(call);
  say(`${what}: ${status} ${answer}`);
  if (!answer.includes(`"RspCode":"${expected}"`)) throw new Error(`The answer should carry RspCode ${expected}.`);
}

async function saveConfirmations(
  stack: LocalStack,
  payment: PaymentView,
  { outputFolder, say }: DemoOptions,
): Promise<void> {
  const confirmations = await readConfirmations(stack.sqs, stack.addresses.queueUrl, {
    paymentId: payment.paymentId,
    types: ['vn.bienlai.payment.paid.v1', 'vn.bienlai.receipt.issued.v1'],
    timeoutMs: 60_000,
  });
  const file = join(outputFolder, 'confirmations.json');
  await writeFile(file, `${JSON.stringify(confirmations, null, 2)}\n`);
  say('8. Xác nhận đọc từ hàng đợi của hệ thống hồ sơ (confirmations read from the dossier queue):');
  for (const { type, id, subject, data } of confirmations)
    say(`   ${type} ${id}, hồ sơ ${subject}, thứ tự ${data.sequence}`);
  say(`   ${file}`);
}
