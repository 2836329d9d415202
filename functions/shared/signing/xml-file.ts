import { XmlElement as LibraryElement, ParseOption, XmlDocument, XmlText, XsdValidator } from 'libxml2-wasm';
import { blai10Xsd } from '#schemas/generated/blai-1.0-xsd.ts';
import { largestReceiptFile, largestReceiptFileText } from '#shared/domain/receipt-file.ts';
import type { XmlElement } from '#shared/rendering/xml-tree.ts';
import type { CheckFault } from './verdict.ts';

/** Attributes by which a file would tell the validator what to think of it. */
const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/** A receipt of a hundred lines has some two thousand tags; a file of half a million would cost memory for nothing. */
const mostTags = 20_000;

/**
 * An XML file that was read once, by one parser: its data, its schema and what is digested all come from the same tree,
 * so that nobody can show one thing to the reader and another to the signature.
 */
export interface XmlFile {
  readonly root: XmlElement;
  /** Whether it holds nothing but elements and text: no comments, instructions, CDATA or hints for the validator. */
  readonly isPlain: boolean;
  /** What breaks the schema `BLai` 1.0, the first first. */
  faultOfSchema(): string | undefined;
  /** Exclusive canonical XML without comments, of an element of the tree. */
  canonicalOf(element: XmlElement): Uint8Array;
}

/**
 * Reads a file and hands it to the work, after which the parser's memory is given back.
 * @returns what the work makes of it, or the fault of V1
 */
export function withXmlFile<Result>(
  bytes: Uint8Array,
  work: (file: XmlFile) => Result,
): { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly fault: CheckFault } {
  const text = decode(bytes);
  if ('code' in text) return { ok: false, fault: text };
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text.text, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE,
    });
  } catch (error) {
    return { ok: false, fault: malformed('Tệp không phải XML đúng dạng.', firstLineOf(error)) };
  }
  try {
    const fault = faultOfDeclaration(document);
    return fault === undefined ? { ok: true, result: work(fileOf(document)) } : { ok: false, fault };
  } finally {
    document.dispose();
  }
}

/** Faults that show before a parser, with all that it does for a document, has seen the bytes. */
function decode(bytes: Uint8Array): CheckFault | { readonly text: string } {
  if (bytes.length > largestReceiptFile) {
    return malformed(`Tệp lớn hơn ${largestReceiptFileText}.`, `${bytes.length} bytes; a receipt has a few thousand`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return malformed(
      'Tệp không phải văn bản UTF-8.',
      'the bytes are no UTF-8: is it a PDF, a ZIP or another encoding?',
    );
  }
  if (/<!DOCTYPE/i.test(text)) {
    return malformed('Tệp khai báo DTD, điều mà biên lai không bao giờ có.', 'a document type declaration');
  }
  if (text.split('<', mostTags + 2).length > mostTags + 1) {
    return malformed('Tệp có quá nhiều phần tử để là biên lai.', `more than ${mostTags} tags`);
  }
  return { text };
}

function faultOfDeclaration({ dtd, encoding, version }: XmlDocument): CheckFault | undefined {
  if (dtd !== null)
    return malformed('Tệp khai báo DTD, điều mà biên lai không bao giờ có.', 'a document type declaration');
  if (version !== '1.0') return malformed('Tệp không phải XML 1.0.', `version ${version}`);
  if (encoding !== null && encoding.toUpperCase() !== 'UTF-8') {
    return malformed('Tệp khai báo bảng mã khác UTF-8.', `encoding ${encoding}`);
  }
  return undefined;
}

function fileOf(document: XmlDocument): XmlFile {
  const nodes = new Map<XmlElement, LibraryElement>();
  let isPlain = document.root.prev === null && document.root.next === null;
  const treeOf = (node: LibraryElement): XmlElement => {
    const children: XmlElement[] = [];
    let text = '';
    for (let child = node.firstChild; child !== null; child = child.next) {
      if (child instanceof LibraryElement) children.push(treeOf(child));
      else if (child instanceof XmlText) text += child.content;
      else isPlain = false;
    }
    if (node.attrs.some(({ namespaceUri }) => namespaceUri === schemaInstance)) isPlain = false;
    const attributes = Object.fromEntries(node.attrs.map((each) => [qualifiedNameOf(each), each.value]));
    const element = { name: node.name, namespace: node.namespaceUri, attributes, children, text };
    nodes.set(element, node);
    return element;
  };
  const root = treeOf(document.root);
  return {
    root,
    isPlain,
    faultOfSchema: () => faultOfSchema(document),
    canonicalOf: (element) => canonicalOf(nodes.get(element)),
  };
}

function qualifiedNameOf({ prefix, name }: { readonly prefix: string; readonly name: string }): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** Parsed at the first need: the schema is dearer than a receipt. It points into its document, which must live as long. */
let schema: { readonly validator: XsdValidator; readonly document: XmlDocument } | undefined;

function openSchema(): { readonly validator: XsdValidator; readonly document: XmlDocument } {
  const document = XmlDocument.fromString(blai10Xsd);
  return { validator: XsdValidator.fromDoc(document), document };
}

function faultOfSchema(document: XmlDocument): string | undefined {
  schema ??= openSchema();
  try {
    schema.validator.validate(document);
    return undefined;
  } catch (error) {
    // The value itself may be somebody's name.
    return firstLineOf(error).replace(/(?<=: |The value )'.*' (?=is )/, '');
  }
}

function canonicalOf(node: LibraryElement | undefined): Uint8Array {
  const parts: Uint8Array[] = [];
  const write = (part: Uint8Array) => {
    // The library writes into its own memory, which is another part's in the next moment.
    parts.push(part.slice());
    return part.byteLength;
  };
  node?.canonicalize({ write, close: () => true }, { mode: 1 });
  return Buffer.concat(parts);
}

function malformed(says: string, detail: string): CheckFault {
  return { code: 'V1', says, detail };
}

/** What the parser says first. Later lines are consequences, and may hold more of the file than a log should. */
function firstLineOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.slice(0, 200);
}
