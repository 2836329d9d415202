import { sRgbProfile } from './srgb-profile.ts';

const profile = sRgbProfile();

/**
 * What makes the file PDF/A-3b (ISO 19005-3): it says so in its metadata, and says what its colours mean. Fonts,
 * language and structure are the sheet's; pdfkit's own option reads its colour profile from a file beside its source.
 */
export function declareArchivalForm(document: PDFKit.PDFDocument, author: string): void {
  document.appendXML(
    described(
      'pdfaid="http://www.aiim.org/pdfa/ns/id/"',
      '<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>',
    ) +
      // pdfkit writes an author of its own into the metadata without escaping it.
      described(
        'dc="http://purl.org/dc/elements/1.1/"',
        `<dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>`,
      ),
  );
  const colours = document.ref({ N: 3 });
  colours.end(profile);
  const intent = document.ref({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: new String('sRGB IEC61966-2.1'),
    Info: new String('sRGB IEC61966-2.1'),
    DestOutputProfile: colours,
  });
  intent.end();
  document._root.data['OutputIntents'] = [intent];
}

/** Puts the signed XML into the file as the source that the pages render (ISO 19005-3 §6.8). */
export function attachOriginal(document: PDFKit.PDFDocument, xml: Uint8Array, name: string, at: Date): void {
  document.file(Buffer.from(xml), {
    name,
    type: 'text/xml',
    description: 'Biên lai điện tử đã ký số (bản gốc)',
    relationship: 'Source',
    creationDate: at,
    modifiedDate: at,
  });
}

function described(namespace: string, properties: string): string {
  return `<rdf:Description rdf:about="" xmlns:${namespace}>${properties}</rdf:Description>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
