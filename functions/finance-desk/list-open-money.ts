import type { OpenMoneyView } from '#schemas/open-money.ts';
import { lineOf } from '#shared/domain/open-money.ts';
import type { OpenMoneyList } from '#shared/domain/open-money-ports.ts';
import type { Clock } from '#shared/domain/ports.ts';

export interface ListOpenMoneyNeeds {
  readonly list: OpenMoneyList;
  readonly clock: Clock;
}

/** Narrows the list; what is absent narrows nothing. */
export interface OpenMoneyFilter {
  readonly gateway?: string | undefined;
  readonly merchant?: string | undefined;
  readonly moneyClass?: string | undefined;
  /** At least so many calendar days old. */
  readonly fromAgeDays?: number | undefined;
}

/** All real money that settles nothing and waits for a person, oldest first. */
export async function listOpenMoney(
  filter: OpenMoneyFilter,
  { list, clock }: ListOpenMoneyNeeds,
): Promise<readonly OpenMoneyView[]> {
  const now = clock();
  const { gateway, merchant, moneyClass, fromAgeDays = 0 } = filter;
  return (await list.findOpen())
    .flatMap((open) => lineOf(open, now) ?? [])
    .filter(
      (line) =>
        (gateway ?? line.gateway) === line.gateway &&
        (merchant ?? line.merchant) === line.merchant &&
        (moneyClass ?? line.moneyClass) === line.moneyClass &&
        line.ageDays >= fromAgeDays,
    );
}
