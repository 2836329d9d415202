import type { LocalAddresses } from '#infra/local/addresses.ts';
import type { SentAnswer } from '#infra/local/cloud/http-answer.ts';
import { type DossierSystem, InterfaceRefusal } from '#infra/local/dossier-system.ts';
import { htmlAnswer, redirectAnswer } from '#infra/local/html.ts';
import { jsonOrNothing } from '#infra/local/json-or-nothing.ts';
import { drawSequence, makeSampleRequest } from '#infra/local/sample-dossiers.ts';
import type { Site } from '#infra/local/web-server.ts';
import { dossierConfirmationSchema } from '#schemas/dossier-confirmation.ts';
import type { PaymentView } from '#schemas/payment-view.ts';
import { html } from '#shared/rendering/html.ts';
import type { GatewayChoice } from './gateway-choice.ts';
import { renderHomePage } from './home-page.ts';
import { renderPage } from './layout.ts';
import { renderPaymentPage } from './payment-page.ts';
import { styleSheet } from './style.ts';

export interface PagesNeeds {
  readonly dossierSystem: DossierSystem;
  readonly addresses: LocalAddresses;
  /** What a payer can choose from. */
  readonly gateways: readonly GatewayChoice[];
  /** Ids of the newest payments. */
  readonly listPayments: () => Promise<readonly string[]>;
  /** Bodies of the messages on the dossier queue. */
  readonly peekConfirmations: () => readonly string[];
}

/** The pages by which a developer plays citizen and dossier system. */
export function makePagesSite(needs: PagesNeeds): Site {
  return async ({ method, target, body, sourceIp }) => {
    const { pathname } = new URL(target, needs.addresses.baseUrl);
    if (pathname === '/') return showHome(needs);
    if (pathname === '/local/style.css') return showStyle();
    if (!pathname.startsWith('/local/')) return undefined;
    try {
      const form = new URLSearchParams(Buffer.from(body).toString());
      return await servePayments(needs, method, pathname, { gateway: form.get('gateway') ?? '', clientIp: sourceIp });
    } catch (fault) {
      if (!(fault instanceof InterfaceRefusal)) throw fault;
      return showRefusal(fault);
    }
  };
}

async function servePayments(
  needs: PagesNeeds,
  method: string,
  pathname: string,
  attempt: { readonly gateway: string; readonly clientIp: string },
): Promise<SentAnswer | undefined> {
  if (pathname === '/local/payments' && method === 'POST') {
    const sequence = drawSequence();
    const created = await needs.dossierSystem.createPayment(makeSampleRequest(sequence, sequence, new Date()));
    return redirectAnswer(`/local/payments/${created.paymentId}`);
  }
  const [, paymentId, rest = ''] = /^\/local\/payments\/(\d+)(\/.*)?$/.exec(pathname) ?? [];
  if (paymentId === undefined) return undefined;
  if (rest === '/attempts' && method === 'POST') {
    const returnUrl = `${needs.addresses.baseUrl}/local/payments/${paymentId}`;
    const { redirectUrl } = await needs.dossierSystem.openAttempt(paymentId, { ...attempt, returnUrl });
    return redirectAnswer(redirectUrl ?? returnUrl);
  }
  const payment = await needs.dossierSystem.readPayment(paymentId);
  if (payment === undefined) return undefined;
  if (rest === '') return htmlAnswer(renderPaymentPage(payment, confirmationsOf(payment, needs), needs.gateways));
  return showDocument(payment, rest);
}

async function showHome({ dossierSystem, listPayments, addresses }: PagesNeeds): Promise<SentAnswer> {
  const payments = await Promise.all((await listPayments()).map((paymentId) => dossierSystem.readPayment(paymentId)));
  return htmlAnswer(
    renderHomePage(
      payments.filter((payment) => payment !== undefined),
      addresses,
    ),
  );
}

function confirmationsOf({ paymentId }: PaymentView, { peekConfirmations }: PagesNeeds) {
  return peekConfirmations().flatMap((body) => {
    const read = dossierConfirmationSchema.safeParse(jsonOrNothing(body));
    return read.success && read.data.data.paymentId === paymentId ? [read.data] : [];
  });
}

/** Hands the archived document on, so that its address needs neither a signature nor another port. */
async function showDocument(payment: PaymentView, rest: string): Promise<SentAnswer | undefined> {
  const [, series, number, extension] = /^\/receipts\/(\w+)\/(\d+)\.(pdf|xml)$/.exec(rest) ?? [];
  const receipt = payment.receipts.find((one) => one.series === series && one.number === Number(number));
  const document = extension === 'xml' ? receipt?.xml : receipt?.pdf;
  if (document === undefined) return undefined;
  const archived = await fetch(document.url);
  return {
    status: archived.status,
    headers: [
      ['content-type', archived.headers.get('content-type') ?? 'application/octet-stream'],
      [
        'content-disposition',
        `${extension === 'xml' ? 'attachment' : 'inline'}; filename="bien-lai-${series}-${number}.${extension}"`,
      ],
      ['x-content-type-options', 'nosniff'],
    ],
    body: Buffer.from(await archived.arrayBuffer()),
  };
}

function showStyle(): SentAnswer {
  return { status: 200, headers: [['content-type', 'text/css; charset=utf-8']], body: Buffer.from(styleSheet) };
}

function showRefusal(fault: InterfaceRefusal): SentAnswer {
  const content = html`<h1>Hệ thống từ chối <small lang="en">the interface refused</small></h1>
<p class="notice bad">${fault.message}</p>
<p><a href="/">Về trang đầu</a></p>`;
  return htmlAnswer(renderPage({ title: 'Bị từ chối', place: 'Máy thử trên máy này' }, content), fault.status);
}
