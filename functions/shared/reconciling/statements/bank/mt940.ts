import type { StatementFault } from '#shared/domain/statement.ts';
import { shown } from '../fault-list.ts';
import {
  type Balance,
  type BankRecord,
  type BankRecords,
  faultOfBalance,
  foreignCurrency,
  unreadableAmount,
  wholeVndOf,
} from './bank-records.ts';

/** A file begins with a SWIFT header or with the field of its reference. */
export function isMt940(head: string): boolean {
  return /^\s*(\{1:|:20:)/.test(head);
}

interface Field {
  readonly line: number;
  readonly tag: string;
  readonly text: string;
}

/** Reads a SWIFT MT940 customer statement; a file may hold several, one after the other. */
export function readMt940(text: string): BankRecords {
  const reader = new Mt940Reader();
  for (const field of fieldsOf(text)) reader.read(field);
  return reader.end();
}

/** A field goes on until the next line that begins with a tag. */
function* fieldsOf(text: string): Generator<Field> {
  let field: { line: number; tag: string; text: string } | undefined;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const content = raw.replace(/^\{1:.*\{4:/, '').trimEnd();
    const [, tag, rest = ''] = /^:(\d\d[A-Z]?):(.*)$/.exec(content) ?? [];
    if (tag !== undefined) {
      if (field !== undefined) yield field;
      field = { line: index + 1, tag, text: rest };
    } else if (field !== undefined && content !== '' && !content.startsWith('-}') && content !== '-')
      field.text += `\n${content}`;
  }
  if (field !== undefined) yield field;
}

class Mt940Reader {
  readonly #records: BankRecord[] = [];
  readonly #faults: StatementFault[] = [];
  #account = '';
  #opening: Balance | undefined;
  #isOpen = false;
  #movements = 0n;

  read({ line, tag, text }: Field): void {
    if (tag === '25' || tag === '25P') this.#account = text.split('\n')[0]?.split('/').at(-1)?.trim() ?? '';
    else if (tag === '60F' || tag === '60M') this.#open(line, text);
    else if (tag === '61') this.#addBooking(line, text);
    else if (tag === '86') this.#addContent(text);
    else if (tag === '62F' || tag === '62M') this.#close(line, text);
  }

  end(): BankRecords {
    if (this.#isOpen) {
      const says = 'Sao kê MT940 không có số dư cuối (:62F:) nên có thể đã bị cắt. Hãy xin ngân hàng gửi lại tệp.';
      this.#faults.push({ line: 0, code: 'truncated', says });
    }
    return { records: this.#records, faults: this.#faults };
  }

  #open(line: number, text: string): void {
    this.#opening = this.#balanceOf(line, text);
    this.#isOpen = true;
    this.#movements = 0n;
  }

  #close(line: number, text: string): void {
    const fault = faultOfBalance(this.#opening, this.#balanceOf(line, text), this.#movements);
    if (fault !== undefined) this.#faults.push(fault);
    this.#isOpen = false;
  }

  #balanceOf(line: number, text: string): Balance | undefined {
    const [, sign, currency = '', amount = ''] = /^([CD])\d{6}([A-Z]{3})(.+)$/.exec(text.trim()) ?? [];
    const vnd = wholeVndOf(amount);
    if (currency !== 'VND') this.#faults.push(foreignCurrency(line, currency));
    else if (vnd === undefined) this.#faults.push(unreadableAmount(line, amount));
    else return { line, vnd: sign === 'D' ? -vnd : vnd };
    return undefined;
  }

  #addBooking(line: number, text: string): void {
    const [first = ''] = text.split('\n');
    const [, valued = '', entered, direction = '', amount = '', own = '', banks] =
      /^(\d{6})(\d{4})?(R?[CD])[A-Z]?(\d[\d.,]*)[A-Z][A-Z0-9]{3}(.*?)(?:\/\/(.*))?$/.exec(first) ?? [];
    const vnd = wholeVndOf(amount);
    if (valued === '' || vnd === undefined) {
      const says =
        `Bút toán ${shown(first)} không đọc được theo chuẩn MT940 (trường :61:). Hãy xin ngân hàng gửi lại ` + 'tệp.';
      this.#faults.push(valued === '' ? { line, code: 'layout', says } : unreadableAmount(line, amount));
      return;
    }
    // RC takes a credit back, RD a debit.
    const signed = direction === 'C' || direction === 'RD' ? vnd : -vnd;
    this.#movements += signed;
    const bankReference = (banks ?? own).trim();
    this.#records.push({
      line,
      bookedOn: bookingDayOf(valued, entered),
      amount: String(signed),
      account: this.#account,
      content: '',
      bankReference,
    });
  }

  #addContent(text: string): void {
    const last = this.#records.at(-1);
    if (last?.content !== '') return;
    this.#records[this.#records.length - 1] = { ...last, content: text.replaceAll('\n', ' ').trim() };
  }
}

/** The day of entry has no year: it is that of the value date, but for the days around New Year. */
function bookingDayOf(valued: string, entered: string | undefined): string {
  const year = 2000 + Number(valued.slice(0, 2));
  const month = valued.slice(2, 4);
  if (entered === undefined) return `${year}-${month}-${valued.slice(4)}`;
  const enteredMonth = entered.slice(0, 2);
  const shift = Number(month === '01' && enteredMonth === '12') * -1 + Number(month === '12' && enteredMonth === '01');
  return `${year + shift}-${enteredMonth}-${entered.slice(2)}`;
}
