import { lookupCodeSchema } from '#schemas/ids.ts';
import type { ReceiptState } from '#schemas/receipt.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { LookupRegister } from '#shared/domain/lookup-ports.ts';

/** Which receipt a file claims to be. */
interface ClaimedReceipt {
  readonly template: string;
  readonly series: string;
  readonly number: number;
  readonly lookupCode: string;
  readonly taxCode: string;
}

export interface RegisterNeeds {
  readonly register: LookupRegister;
  readonly logNews: LogNews;
}

/** V9: the receipt that the register holds under the file's look-up code, when it is the one that the file says it is. */
export async function findRegistered(
  claimed: ClaimedReceipt,
  { register, logNews }: RegisterNeeds,
): Promise<{ readonly sha256: string | undefined; readonly state: ReceiptState } | undefined> {
  const code = lookupCodeSchema.safeParse(claimed.lookupCode);
  if (!code.success) return undefined;
  try {
    const receipt = (await register.findByLookupCode(code.data))?.receipt;
    if (receipt === undefined) return undefined;
    const { template, series, number, collector } = receipt.content;
    const isClaimed =
      template === claimed.template &&
      series === claimed.series &&
      number === claimed.number &&
      collector.taxCode === claimed.taxCode;
    return isClaimed ? { sha256: receipt.xml?.sha256, state: receipt.state } : undefined;
  } catch (error) {
    // The verification goes on and says that the register was silent; somebody must hear why.
    logNews('REQUEST_FAILED', { route: 'POST /verify', part: 'V9' }, error);
    throw error;
  }
}
