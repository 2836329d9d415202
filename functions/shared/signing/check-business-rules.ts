import { businessDateSchema, type Instant } from '#schemas/ids.ts';
import { amountInWords } from '#shared/domain/amount-in-words.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { faultOfSymbols, receiptRulesOn } from '#shared/domain/rule-profile.ts';
import type { ReceiptFacts } from '#shared/rendering/read-receipt-xml.ts';

/** A rule that a receipt breaks: for its holder, and for those who look closer. */
export interface RuleFault {
  readonly says: string;
  readonly detail: string;
}

/**
 * The rules of a receipt that no schema can say (receipt rules §6.2), the first broken one.
 * @param times.signedAt what the signature says
 * @param times.now a receipt of tomorrow is none
 */
export function findBrokenRule(
  facts: ReceiptFacts,
  times: { readonly signedAt: Instant; readonly now: Instant },
): RuleFault | undefined {
  return faultOfDates(facts, times) ?? faultOfIdentity(facts) ?? faultOfLines(facts) ?? faultOfTotals(facts);
}

function faultOfDates(
  { issuedOn, replaces }: ReceiptFacts,
  { signedAt, now }: { readonly signedAt: Instant; readonly now: Instant },
): RuleFault | undefined {
  const signedOn = businessDateOf(signedAt);
  if (signedOn > businessDateOf(now)) {
    return { says: 'Thời điểm ký nằm trong tương lai.', detail: `signed on ${signedOn}` };
  }
  if (issuedOn > signedOn) {
    return { says: 'Ngày lập biên lai sau ngày ký.', detail: `made on ${issuedOn}, signed on ${signedOn}` };
  }
  if (replaces !== undefined && replaces.issuedOn > issuedOn) {
    return { says: 'Biên lai bị thay thế lại lập sau biên lai này.', detail: `replaces one of ${replaces.issuedOn}` };
  }
  return undefined;
}

function faultOfIdentity({
  template,
  series,
  number,
  issuedOn,
  replaces,
  ...facts
}: ReceiptFacts): RuleFault | undefined {
  const date = businessDateSchema.safeParse(issuedOn);
  if (!date.success) return { says: 'Ngày lập không có trong lịch.', detail: `date ${issuedOn}` };
  const fault = faultOfSymbols(template, series, date.data);
  if (fault !== undefined) return { says: 'Ký hiệu biên lai không hợp với ngày lập.', detail: fault };
  const { largestNumber, profile } = receiptRulesOn(date.data);
  if (number > largestNumber) {
    return {
      says: 'Số biên lai vượt quá giới hạn.',
      detail: `${number} is above ${largestNumber} of profile ${profile}`,
    };
  }
  if (replaces?.template === template && replaces.series === series && replaces.number >= number) {
    return {
      says: 'Biên lai thay thế phải mang số lớn hơn biên lai bị thay thế.',
      detail: `number ${number} replaces ${replaces.number} of its own series`,
    };
  }
  if (facts.lookupUrl !== undefined && !facts.lookupUrl.includes(facts.lookupCode)) {
    return { says: 'Địa chỉ tra cứu không mang mã tra cứu của biên lai.', detail: 'DLQRCode without MTCuu' };
  }
  return undefined;
}

function faultOfLines({ lines }: ReceiptFacts): RuleFault | undefined {
  for (const [index, { ordinal, kind, quantity, unitPriceVnd, amountVnd }] of lines.entries()) {
    const place = `line ${index + 1}`;
    if (ordinal !== index + 1)
      return { says: 'Số thứ tự khoản thu không liên tục.', detail: `${place} says ${ordinal}` };
    if (kind !== lines[0]?.kind) {
      return { says: 'Một biên lai không được ghi cả phí lẫn lệ phí.', detail: `${place} is of another kind` };
    }
    if (quantity !== undefined && unitPriceVnd !== undefined && quantity * unitPriceVnd !== amountVnd) {
      return {
        says: `Khoản thu thứ ${index + 1}: số lượng nhân đơn giá khác thành tiền.`,
        detail: `${place}: ${quantity} × ${unitPriceVnd} is not ${amountVnd}`,
      };
    }
  }
  return undefined;
}

function faultOfTotals({ lines, sumVnd, reductionVnd, totalVnd, totalInWords }: ReceiptFacts): RuleFault | undefined {
  const sum = lines.reduce((soFar, { amountVnd }) => soFar + amountVnd, 0);
  if (sum !== sumVnd) {
    return { says: 'Tổng các khoản thu khác tổng tiền.', detail: `the lines give ${sum}, TgTien says ${sumVnd}` };
  }
  if (totalVnd <= 0 || totalVnd !== sumVnd - reductionVnd) {
    return {
      says: 'Số tiền thanh toán khác tổng tiền trừ phần giảm.',
      detail: `TgTTTBSo says ${totalVnd}, not ${sumVnd} − ${reductionVnd}`,
    };
  }
  const readings = [amountInWords(totalVnd), amountInWords(totalVnd, { even: true })];
  return readings.includes(totalInWords)
    ? undefined
    : { says: 'Số tiền bằng chữ khác số tiền bằng số.', detail: `TgTTTBChu is not ${readings.join(' or ')}` };
}
