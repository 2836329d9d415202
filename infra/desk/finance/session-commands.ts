import { signedInSchema } from '#schemas/finance-desk.ts';
import type { Told } from './command.ts';
import type { DeskPlace } from './desk-place.ts';
import type { FinanceApi } from './finance-api.ts';
import { forgetToken, keepToken } from './kept-token.ts';
import { signIn } from './sign-in.ts';

/** Commands about who is signed in, which need the place itself. */
export const sessionCommands: Readonly<Record<string, (place: DeskPlace, api: FinanceApi) => Promise<Told>>> = {
  login: async (place, api) => {
    const { token, expiresAt } = await signIn(place, (address) =>
      process.stderr.write(`Mở địa chỉ này trong trình duyệt (open in a browser):\n${address}\n`),
    );
    await keepToken(place, token, expiresAt);
    return whoIs(api);
  },
  logout: async (place) => {
    await forgetToken(place);
    return { text: 'Đã đăng xuất (signed out).', data: { staff: null } };
  },
  whoami: (_place, api) => whoIs(api),
};

async function whoIs(api: FinanceApi): Promise<Told> {
  const signedIn = await api.get('/v1/finance/me', signedInSchema);
  const { staff, roles, actions } = signedIn;
  const may = actions.length === 0 ? 'không được làm gì' : `được làm: ${actions.join(', ')}`;
  return { text: `${staff} (${roles.join(', ') || 'không có vai trò'}); ${may}.`, data: signedIn };
}
