import type { PlayedAccount } from '#infra/local/bank/played-account.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import { bilingual } from './layout.ts';

/** A gateway that a payer can choose. */
export interface GatewayChoice {
  readonly name: string;
  readonly label: string;
}

/** Every gateway at which an account is configured, in the order of the configuration. */
export function gatewayChoicesOf(accounts: readonly PlayedAccount[]): readonly GatewayChoice[] {
  const labels = new Map(accounts.map(({ gateway, label }) => [gateway, label]));
  return [...labels].map(([name, label]) => ({ name, label }));
}

/** The gateway's name for people; its short name when it is configured no more. */
export function labelOf(gateway: string, choices: readonly GatewayChoice[]): string {
  return choices.find(({ name }) => name === gateway)?.label ?? gateway;
}

/** One button for each gateway that can be paid at. */
export function renderGatewayChoice(paymentId: string, choices: readonly GatewayChoice[]): Html {
  const buttons = choices.map(
    ({ name, label }) => html`<button class="primary" name="gateway" value="${name}">${label}</button>`,
  );
  return html`<h2 id="nop">${bilingual('Nộp qua', 'pay by')}</h2>
<form method="post" action="/local/payments/${paymentId}/attempts" class="choices">${buttons}</form>`;
}
