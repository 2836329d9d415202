/** A rectangle on a page, in points from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SignatureFacts {
  /** Whoever signs, as viewers show it. */
  readonly name: string;
  readonly signedAt: Date;
  /** Room that is left for the signature in DER. */
  readonly bytes: number;
}

/** Stands for the three offsets that are known when the file is complete, as wide as any of them can be. */
const unknownOffset = 9_999_999_999;

/** What the file says in the place of the signed ranges until it is signed. */
export const byteRangePlaceholder = `/ByteRange [0 ${unknownOffset} ${unknownOffset} ${unknownOffset}]`;

/**
 * Puts a signature field over a box of the current page, its signature an empty hole (ISO 32000-1 §12.8; PAdES
 * baseline, EN 319 142-1). What a reader sees stands on the page under it, and is signed with it. The signature
 * certifies the file: no change of any kind is allowed after it.
 */
export function addSignatureField(document: PDFKit.PDFDocument, box: Box, facts: SignatureFacts): void {
  const signature = document.ref(signatureDictionary(facts));
  signature.end();
  const { height } = document.page;
  const look = document.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, box.width, box.height], Resources: {} });
  // Nothing to draw, but pdfkit takes an object without contents for no stream.
  look.end(Buffer.from('\n'));
  const field = document.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('ChuKyToChucThu'),
    TU: new String('Chữ ký số của tổ chức thu'),
    F: annotationFlags.print | annotationFlags.locked,
    Rect: [box.x, height - box.y - box.height, box.x + box.width, height - box.y],
    P: document.page.dictionary,
    AP: { N: look },
    V: signature,
  });
  field.end();
  document._root.data['Perms'] = { DocMDP: signature };
  document.initForm();
  const form = document._root.data.AcroForm?.data;
  const onPage: unknown = document.page.annotations;
  if (form === undefined || !Array.isArray(onPage)) throw new TypeError('this pdfkit begins a form in another way');
  onPage.push(field);
  form.Fields.push(field);
  form.SigFlags = signatureFlags.exist | signatureFlags.appendOnly;
  // The field has its appearance; a viewer that made another would change what is signed.
  form.NeedAppearances = undefined;
}

const annotationFlags = { print: 4, locked: 128 } as const;
const signatureFlags = { exist: 1, appendOnly: 2 } as const;

function signatureDictionary({ name, signedAt, bytes }: SignatureFacts) {
  return {
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, unknownOffset, unknownOffset, unknownOffset],
    Contents: new Uint8Array(bytes),
    Name: new String(name),
    M: signedAt,
    Reference: [
      {
        Type: 'SigRef',
        TransformMethod: 'DocMDP',
        TransformParams: { Type: 'TransformParams', P: 1, V: '1.2' },
      },
    ],
  };
}
