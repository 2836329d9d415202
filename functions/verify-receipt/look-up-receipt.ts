import { type LookupCode, lookupCodeSchema } from '#schemas/ids.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { LookupRegister } from '#shared/domain/lookup-ports.ts';
import { type PublicReceipt, publicReceiptOf } from './public-receipt.ts';

export interface LookUpNeeds {
  readonly register: LookupRegister;
  readonly logNews: LogNews;
}

/** What a look-up code leads to; nothing when it is none of ours. The code itself is the key, and is not logged. */
export async function lookUpReceipt(given: string, needs: LookUpNeeds): Promise<PublicReceipt | undefined> {
  const code = readLookupCode(given);
  const found = code === undefined ? undefined : await needs.register.findByLookupCode(code);
  const isFound = found !== undefined;
  needs.logNews('RECEIPT_LOOKED_UP', { isCode: code !== undefined, isFound, lacksPayment: isFound && !found.payment });
  return found === undefined ? undefined : publicReceiptOf(found);
}

/** As people copy it from paper: in small letters, in groups, with a space after it. */
function readLookupCode(given: string): LookupCode | undefined {
  return lookupCodeSchema.safeParse(given.replaceAll(/[\s-]/g, '').toUpperCase()).data;
}
