import type { BusinessDate, GatewayName, MerchantName } from '#schemas/ids.ts';
import type { StatementSettings } from '#shared/domain/statement-layout.ts';

export interface StatementOrder {
  readonly gateway: GatewayName;
  /** Left out, any account of the gateway. */
  readonly merchant?: MerchantName;
  readonly day: BusinessDate;
  /** Of the stage: mappings, and the codes of our accounts. */
  readonly settings: StatementSettings;
  /** Name of a mapping; left out, the one of this gateway that fits the file. The project layout tells itself. */
  readonly layout?: string;
  /** Codes of banks, which nobody compares, are checked and not kept. */
  readonly isForComparison?: boolean;
}
