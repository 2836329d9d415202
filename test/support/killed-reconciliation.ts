import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { expect } from '@jest/globals';
import { businessDateSchema } from '#schemas/ids.ts';
import { ledgerExportKeyOf } from '#shared/domain/ledger-export.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import { killAfter } from './kills.ts';
import type { ReconcileJourney } from './reconcile-journey.ts';

const lastDay = businessDateSchema.parse('2026-11-23');
const morningAfter = '2026-11-24T01:30:00.000Z';
let kills = 0;

/** A day for each kill, and none beside it: what one leaves is nothing to the next. */
function aDayOfItsOwn(): DayAddress {
  kills += 1;
  return { gateway: 'vnpay', merchant: 'vpdkdd', day: dayAfter(lastDay, -2 * kills) };
}

/**
 * A lost callback is found by a statement, and the function dies after so many requests. The arrival is told again, as
 * Lambda repeats it, and everything is as if nothing had happened.
 * @returns whether the function came so far at all
 */
export async function reconcileKilledAfter(
  journey: ReconcileJourney,
  requests: number,
  isDone: boolean,
): Promise<boolean> {
  const address = aDayOfItsOwn();
  const { paymentId, press } = await journey.visitBank('vnpay');
  journey.setClock(`${address.day}T02:15:30.000Z`);
  await press('pay-silently');
  journey.setClock(morningAfter);
  const statement = await journey.statementOf(address);
  const name = `bi-ngat-${requests}-${isDone ? 'sau' : 'truoc'}.txt`;
  const kill = killAfter([journey.table.client, journey.engine.s3], requests + 1, isDone);
  await journey.arrive(address, statement, { name }).catch(() => undefined);
  const struck = kill.struck();
  kill.remove();

  await journey.arrive(address, statement, { name });

  const { payment, receipts, money } = await journey.record(paymentId);
  expect([payment.state, receipts.length, money]).toEqual(['paid', 1, []]);
  // One that was only numbered is the sweep's to sign.
  await journey.issue([paymentId]);
  expect((await journey.receiptsOf(paymentId)).map(({ state }) => state)).toEqual(['signed']);
  const { day, exceptions } = await journey.dayRecord(address);
  const about = exceptions.filter((exception) => exception.paymentId === paymentId);
  expect(about.every(({ outcome }) => outcome === 'explained')).toBe(true);
  // Killed between settling and issuing, it finds the receipt missing the next time.
  expect(about.filter((one) => !/^THIEU_(NOI_BO|BIEN_LAI)$/.test(one.class))).toEqual([]);
  expect(day).not.toHaveProperty('running');
  expect(day?.latest).toMatchObject({ statement: day?.file?.digest, exceptions: 0 });
  const { Metadata: metadata } = await journey.engine.s3.send(
    new HeadObjectCommand({ Bucket: journey.engine.bucketName, Key: ledgerExportKeyOf(address) }),
  );
  expect(metadata?.['run']).toBe(String(day?.latest?.number));
  return struck;
}
