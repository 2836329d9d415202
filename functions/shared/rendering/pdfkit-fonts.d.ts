import type { ParsedFont } from 'fontkit';

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** pdfkit takes a font that is parsed already; its published types know only files and bytes. */
      registerFont(name: string, font: ParsedFont): this;
    }
  }
}
