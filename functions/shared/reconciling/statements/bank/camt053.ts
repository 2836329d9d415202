import { ParseOption, XmlDocument, XmlElement } from 'libxml2-wasm';
import type { StatementFault } from '#shared/domain/statement.ts';
import { fileFault, shown } from '../fault-list.ts';
import {
  type Balance,
  type BankRecord,
  type BankRecords,
  faultOfBalance,
  foreignCurrency,
  unreadableAmount,
  wholeVndOf,
} from './bank-records.ts';

/** Some 15 000 bookings; the tree takes ten times as much memory. */
const largestFile = 24 * 1024 * 1024;
const namespace = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|1[0-3])$/;

/** Reads an ISO 20022 bank-to-customer statement, camt.053 of the versions 02 to 13. Bookings only, no forecasts. */
export function readCamt053(text: string): BankRecords {
  if (text.length > largestFile)
    return refused(fileFault('too-large', 'Tệp camt.053 lớn hơn 24 MB. Hãy xin ngân hàng chia tệp theo ngày.'));
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) {
    return refused(
      fileFault(
        'unsafe-xml',
        'Tệp XML khai báo DTD, điều mà camt.053 không bao giờ có. Không mở tệp này; hãy báo ngân hàng.',
      ),
    );
  }
  let document: XmlDocument;
  try {
    // The declared encoding was that of the bytes; what is left of them is text.
    document = XmlDocument.fromString(text.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, ''), {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE,
    });
  } catch (error) {
    const [says = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return refused(
      fileFault(
        'layout',
        `Tệp không phải XML đúng dạng (${says.slice(0, 120)}): bị cắt khi truyền? Hãy tải lại hoặc xin gửi lại tệp.`,
      ),
    );
  }
  try {
    return readDocument(document.root);
  } finally {
    document.dispose();
  }
}

function refused(fault: StatementFault): BankRecords {
  return { records: [], faults: [fault] };
}

function readDocument(root: XmlElement): BankRecords {
  if (!namespace.test(root.namespaceUri)) {
    return refused(
      fileFault(
        'layout',
        `Tệp XML ${shown(root.namespaceUri || root.name)} không phải camt.053 (bản 02 đến 13). Hãy xin đúng ` +
          'loại sao kê.',
      ),
    );
  }
  const statements = childrenOf(childOf(root, 'BkToCstmrStmt'), 'Stmt');
  if (statements.length === 0)
    return refused(fileFault('empty', 'Tệp camt.053 không có sao kê nào. Hãy xin ngân hàng gửi lại tệp.'));
  const records: BankRecord[] = [];
  const faults: StatementFault[] = [];
  for (const statement of statements) readStatement(statement, records, faults);
  return { records, faults };
}

function readStatement(statement: XmlElement, records: BankRecord[], faults: StatementFault[]): void {
  const id = childOf(childOf(statement, 'Acct'), 'Id');
  const account = textOf(id, 'IBAN') || textOf(childOf(id, 'Othr'), 'Id');
  const entries = childrenOf(statement, 'Ntry');
  const told = textOf(childOf(childOf(statement, 'TxsSummry'), 'TtlNtries'), 'NbOfNtries');
  if (told !== '' && Number(told) !== entries.length) {
    const says =
      `Sao kê ghi ${told} bút toán, tệp có ${entries.length}: thiếu bút toán? Hãy xin ngân hàng gửi lại ` + 'tệp.';
    faults.push({ line: statement.line, code: 'wrong-count', says });
  }
  let movements = 0n;
  for (const entry of entries) {
    const status = childOf(entry, 'Sts');
    // Up to version 07 the word itself, from 08 on a code within.
    if ((textOf(status, 'Cd') || status?.content.trim()) !== 'BOOK') continue;
    const vnd = signedVndOf(entry, faults);
    if (vnd === undefined) continue;
    movements += vnd;
    records.push({ line: entry.line, amount: String(vnd), account, ...factsOf(entry) });
  }
  const fault = faultOfBalance(
    balanceOf(statement, ['OPBD', 'PRCD'], faults),
    balanceOf(statement, ['CLBD'], faults),
    movements,
  );
  if (fault !== undefined) faults.push(fault);
}

function factsOf(entry: XmlElement): Pick<BankRecord, 'bookedOn' | 'content' | 'bankReference'> {
  const booked = childOf(entry, 'BookgDt');
  const details = childrenOf(entry, 'NtryDtls').flatMap((each) => childrenOf(each, 'TxDtls'));
  const contents = details
    .flatMap((each) => childrenOf(childOf(each, 'RmtInf'), 'Ustrd'))
    .map((each) => each.content.trim());
  return {
    bookedOn: textOf(booked, 'Dt') || textOf(booked, 'DtTm').slice(0, 10),
    content: contents.join(' ') || textOf(entry, 'AddtlNtryInf'),
    bankReference:
      textOf(entry, 'AcctSvcrRef') || textOf(entry, 'NtryRef') || textOf(childOf(details[0], 'Refs'), 'AcctSvcrRef'),
  };
}

function balanceOf(statement: XmlElement, codes: readonly string[], faults: StatementFault[]): Balance | undefined {
  const balance = childrenOf(statement, 'Bal').find((each) =>
    codes.includes(textOf(childOf(childOf(each, 'Tp'), 'CdOrPrtry'), 'Cd')),
  );
  const vnd = balance === undefined ? undefined : signedVndOf(balance, faults);
  return balance === undefined || vnd === undefined ? undefined : { line: balance.line, vnd };
}

/** Amount and direction, which entries and balances tell alike. */
function signedVndOf(element: XmlElement, faults: StatementFault[]): bigint | undefined {
  const amount = childOf(element, 'Amt');
  const text = amount?.content.trim() ?? '';
  const currency = amount?.attrs.find(({ name }) => name === 'Ccy')?.value ?? '';
  const direction = textOf(element, 'CdtDbtInd');
  const vnd = wholeVndOf(text);
  if (currency !== 'VND') faults.push(foreignCurrency(element.line, currency));
  else if (vnd === undefined) faults.push(unreadableAmount(element.line, text));
  else if (direction === 'CRDT') return vnd;
  else if (direction === 'DBIT') return -vnd;
  else
    faults.push({
      line: element.line,
      code: 'bad-status',
      says: `Chiều tiền ${shown(direction)} không phải CRDT hay DBIT. Hãy xin ngân hàng gửi lại tệp.`,
    });
  return undefined;
}

function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  for (let child = element?.firstChild ?? null; child !== null; child = child.next) {
    if (child instanceof XmlElement && child.name === name) found.push(child);
  }
  return found;
}

function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

function textOf(element: XmlElement | undefined, name: string): string {
  return childOf(element, name)?.content.trim() ?? '';
}
