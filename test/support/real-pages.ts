import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { RENDERER_VERSION, renderReceipt } from '#shared/rendering/render-receipt.ts';
import type { IssuingScene } from './issuing-scene.ts';

const fonts = loadReceiptFonts();

/** For a scene that shares its archive with a process that draws the real page. */
export const realPages: Pick<IssuingScene['needs'], 'render' | 'rendererVersion'> = {
  render: (content) => renderReceipt(content, fonts),
  rendererVersion: RENDERER_VERSION,
};
