import { bilingual, renderPage } from '#infra/local/pages/layout.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import { type StaffAccount, staffAccounts } from './staff-accounts.ts';

/** Where a developer says which member of the finance staff to be. On this machine nobody is asked for a password. */
export function renderSignInPage(): Html {
  return renderPage(
    { title: 'Đăng nhập tài vụ', place: 'Máy cấp thẻ trên máy này' },
    html`<h1>${bilingual('Đăng nhập với tư cách', 'sign in as')}</h1>
<p>Những người này chỉ có trên máy thử. Việc của một người phải do người khác duyệt. <small lang="en">These people exist on this machine only; what one of them makes, another one checks.</small></p>
<form method="post" class="choices">${staffAccounts.map(renderChoice)}</form>`,
  );
}

function renderChoice({ code, name, task }: StaffAccount): Html {
  return html`<button name="staff" value="${code}"><strong>${name}</strong><br>${code}<br><small>${task}</small></button>`;
}
