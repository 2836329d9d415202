import { mayDo } from '#shared/domain/finance-roles.ts';
import { asRefusal, type StaffAnswer, type StaffMember } from '#shared/domain/staff-route.ts';

/**
 * A proposal is rejected by who may approve, or taken back by who made it: that changes no books. Which proposal is meant,
 * the request says by its number, so that the maker who is read here is the maker of what is rejected.
 */
export async function rejectOrTakeBack(
  { code, roles }: StaffMember,
  readMaker: () => Promise<string | undefined>,
  reject: () => Promise<StaffAnswer>,
): Promise<StaffAnswer> {
  if (mayDo(roles, 'exception:approve')) return reject();
  const maker = await readMaker();
  return maker === undefined || maker === code ? reject() : asRefusal(notYours, []);
}

const notYours = {
  code: 'not-yours',
  explanation:
    'Chỉ người duyệt mới từ chối được đề nghị của người khác; người lập chỉ rút được đề nghị của chính mình. Hãy nhờ người duyệt. (Makers take back their own proposals only.)',
};
