import type { StatementFault } from '#shared/domain/statement.ts';
import { shown } from './fault-list.ts';
import { foldTitle } from './fold-text.ts';
import type { StatementOrder } from './statement-order.ts';

/** Codes of the account; nothing when nobody has listed any, or no account was named. */
export function partnerCodesOf({ gateway, merchant, settings }: StatementOrder): readonly string[] | undefined {
  const own = settings.partners.filter((partner) => partner.gateway === gateway && partner.merchant === merchant);
  return own.length === 0 ? undefined : own.flatMap(({ codes }) => codes);
}

/**
 * Whose file it is, by the first line of the project layout. Where no codes are known for the account, any will do
 * that is not somebody else's: the code of another gateway's account, or another gateway's name.
 */
export function faultOfPartner(partner: string, order: StatementOrder): StatementFault | undefined {
  const { gateway, settings } = order;
  const own = partnerCodesOf(order);
  if (own?.includes(partner) === true || foldTitle(partner) === foldTitle(gateway)) return undefined;
  const rivals = settings.partners.filter((each) => each.gateway !== gateway || order.merchant !== undefined);
  const rival = rivals.find(({ codes }) => codes.includes(partner));
  const namesake = settings.gateways.find(
    (layout) => layout.gateway !== gateway && foldTitle(layout.gateway) === foldTitle(partner),
  );
  if (own === undefined && rival === undefined && namesake === undefined) return undefined;
  const whose = rival === undefined ? namesake?.gateway : `${rival.gateway}/${rival.merchant}`;
  const known = whose === undefined ? 'không phải mã của tài khoản này' : `là của ${whose}`;
  return {
    line: 1,
    code: 'other-partner',
    says:
      `Mã đối tác ${shown(partner)} ${known}. Hãy chọn đúng cổng và tài khoản, hoặc thêm mã vào "partners" ` +
      'của mẫu nếu đúng là của mình.',
  };
}
