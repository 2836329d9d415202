import { describe, expect, it } from '@jest/globals';
import { pdfToolsArePresent, textOfPdf } from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { drawnReceiptOf } from './drawing.ts';
import { naivePdfkit } from './naive-pdfkit.ts';
import { withJsPdf } from './with-jspdf.ts';
import { withPdfmake } from './with-pdfmake.ts';
import { withReactPdf } from './with-react-pdf.ts';

const withTools = pdfToolsArePresent() ? describe : describe.skip;

withTools('the drawing that ours is measured against', () => {
  it.each([naivePdfkit, withPdfmake, withJsPdf, withReactPdf])('by $name says all that ours says', async ({ draw }) => {
    const content = aReceiptContent();
    const printed = wordsOf(textOfPdf(await draw(content)));
    const { texts, sections } = drawnReceiptOf(content);
    const fields = [...sections, texts.totals, texts.payment, texts.symbols].flat();
    const said = [
      texts.title,
      texts.date,
      ...fields.map(({ value }) => value),
      ...texts.tableHead,
      ...texts.tableRows.flat(),
      ...texts.tableSum,
      texts.lookup.heading,
      texts.lookup.code.value,
      ...texts.signature.state,
      texts.identity,
    ];
    expect(said.flatMap((text) => [...wordsOf(text)]).filter((word) => !printed.has(word))).toEqual([]);
  });
});

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}
