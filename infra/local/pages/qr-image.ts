import { type Html, html } from '#shared/rendering/html.ts';
import { qrPathOf } from '#shared/rendering/qr-path.ts';

/** Modules of empty margin, without which scanners do not find the code. */
const quietZone = 4;

/** A QR code as a picture inside the page, drawn from the same squares as those on receipts. */
export function renderQrImage(content: string, description: string): Html {
  const { size, operators } = qrPathOf(content);
  const squares = operators.replaceAll(/(\d+) (\d+) (\d+) 1 re/g, 'M$1 $2h$3v1h-$3z').replace(/f$/, '');
  const side = size + 2 * quietZone;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-quietZone} ${-quietZone} ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M${-quietZone} ${-quietZone}h${side}v${side}h-${side}z"/><path d="${squares}"/></svg>`;
  return html`<img class="qr" alt="${description}" src="data:image/svg+xml,${encodeURIComponent(picture)}">`;
}
