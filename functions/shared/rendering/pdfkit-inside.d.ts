import type { ParsedFont } from 'fontkit';

/** What pdfkit has and does, and its published types do not say. */
declare global {
  namespace PDFKit {
    interface PDFDocument {
      /** The catalogue of the file (ISO 32000-1 §7.7.2). */
      readonly _root: { readonly data: Record<string, unknown> & { readonly AcroForm?: { readonly data: AcroForm } } };
    }
    /** The form that `initForm` begins (ISO 32000-1 §12.7.2). */
    interface AcroForm {
      readonly Fields: unknown[];
      SigFlags?: number;
      NeedAppearances: boolean | undefined;
    }
    interface PDFKitReference {
      end(): void;
    }
    namespace Mixins {
      interface PDFAttachmentOptions {
        relationship?: 'Source' | 'Data' | 'Alternative' | 'Supplement';
      }
      interface PDFAnnotation {
        /** `Contents` is what a reader hears of the link: a `String`, since pdfkit takes a plain one for a name. */
        link(
          x: number,
          y: number,
          w: number,
          h: number,
          url: string,
          options: { readonly structParent: PDFStructureElement; readonly Contents: object },
        ): this;
      }
      interface PDFFont {
        /** pdfkit takes a font that is parsed already; its published types know only files and bytes. */
        registerFont(name: string, font: ParsedFont): this;
      }
    }
  }
}
