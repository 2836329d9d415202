import type { StatementFault } from '#shared/domain/statement.ts';
import { shown } from './fault-list.ts';

/** What is wrong with a cell; the line and the column are for the caller to add. */
type CellFault = Pick<StatementFault, 'code' | 'says'>;

interface AmountTexts {
  readonly amount: string | null;
  readonly amountOut: string | null;
  /** What could be read, with its sign. */
  readonly signed: string | null;
  /** Whether money may have gone out. */
  readonly mayBeNegative: boolean;
}

/** @returns nothing when the amount is not what is wrong with the row */
export function amountFault({ amount, amountOut, signed, mayBeNegative }: AmountTexts): CellFault | undefined {
  const text = amountOut === null ? shown(amount) : `${shown(amount)} và ${shown(amountOut)}`;
  const bad = (says: string): CellFault => ({ code: 'bad-amount', says });
  if (amount === null && amountOut === null)
    return bad('Thiếu số tiền: dòng bị cắt hoặc cột bị để trống. Hãy xin bên gửi xuất lại tệp.');
  if (signed === null) return bad(causeOf(amount ?? amountOut ?? '', text));
  const value = BigInt(signed);
  if (value === 0n) return bad('Số tiền bằng 0; không có giao dịch nào như vậy. Hãy hỏi bên gửi.');
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER)) {
    return bad(`Số tiền ${text} lớn quá mức có thể. Cột có bị dính với cột khác không? Hãy xin bên gửi xuất lại tệp.`);
  }
  if (value < 0n && !mayBeNegative) {
    return bad(
      `Số tiền ${text} âm mà mẫu này không coi số âm là hoàn tiền. Hãy hỏi bên gửi, rồi đặt ` +
        '"negativeIsRefund" nếu đúng vậy.',
    );
  }
  return undefined;
}

function causeOf(amount: string, text: string): string {
  if (/^-?\d+[.,]\d{1,2}$/.test(amount) && !/[.,]0+$/.test(amount)) {
    return `Số tiền ${text} có phần lẻ của đồng, điều không thể có. Hãy hỏi bên gửi về đơn vị của cột này.`;
  }
  if (/^\d+([.,]\d+)?e[+]?\d+$/i.test(amount)) {
    return `Số tiền ${text} đã bị bảng tính làm tròn. Hãy dùng tệp gốc, đừng mở và lưu lại bằng Excel.`;
  }
  if (/^[=@]/.test(amount)) return `Số tiền ${text} là công thức. Hãy xin tệp chỉ có giá trị.`;
  return (
    `Số tiền ${text} không đọc được theo cách viết số của mẫu (dấu phân cách hàng nghìn "thousands", phần ` +
    'lẻ chỉ được là ,00). Hãy so với mẫu bằng lệnh kiểm tra thử.'
  );
}

export function dateFault(text: string | null): CellFault {
  const says =
    text === null
      ? 'Thiếu thời gian giao dịch: dòng bị cắt hoặc cột bị để trống. Hãy xin bên gửi xuất lại tệp.'
      : `Thời gian ${shown(text)} không có thật hoặc không theo "times.formats" của mẫu. Hãy so với mẫu bằng ` +
        'lệnh kiểm tra thử.';
  return { code: 'bad-date', says };
}

export function excessFault(excess: string): CellFault {
  const says = `Dòng thừa trường (${shown(excess)}): có dấu phân cách nằm trong nội dung? Hãy xin bên gửi xuất lại tệp.`;
  return { code: 'layout', says };
}

export function statusFault(what: string, text: string | null, setting: 'statuses' | 'kinds'): CellFault {
  const says =
    text === null || text === ''
      ? `${what} bị để trống. Hãy xin bên gửi xuất lại tệp.`
      : `${what} ${shown(text)} chưa có trong "${setting}" của mẫu. Hãy hỏi bên gửi nghĩa của từ này rồi thêm vào mẫu.`;
  return { code: 'bad-status', says };
}

export function idFault(what: string, text: string | null): CellFault {
  const id = text ?? '';
  if (/^[=+@-]/.test(id)) {
    return {
      code: 'formula',
      says: `${what} ${shown(id)} viết như công thức của bảng tính. Không mã nào như vậy; hãy hỏi bên gửi.`,
    };
  }
  if (/^\d[.,]?\d*e[+]\d+$/i.test(id)) {
    return {
      code: 'bad-text',
      says: `${what} ${shown(id)} đã bị bảng tính làm tròn. Hãy dùng tệp gốc, đừng mở và lưu lại bằng Excel.`,
    };
  }
  if (id.length > 128)
    return {
      code: 'bad-text',
      says: `${what} dài ${id.length} ký tự: các cột bị dính vào nhau? Hãy xin bên gửi xuất lại tệp.`,
    };
  return { code: 'bad-text', says: `${what} ${shown(id)} có ký tự ẩn hoặc ký tự lạ. Hãy xin bên gửi xuất lại tệp.` };
}
