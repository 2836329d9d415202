import type { CorrectionState } from '#schemas/correction.ts';
import type { CorrectionRefusal } from '#shared/domain/correction.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';

const states: Readonly<Record<CorrectionState, string>> = {
  proposed: 'chờ duyệt',
  approved: 'đã duyệt',
  rejected: 'đã bị từ chối',
};

const law = 'Điều 20 Thông tư 91/2026/TT-BTC';

const simple = {
  adjustment: `Không có biên lai điều chỉnh tăng, giảm: ${law} chỉ có thông báo 04/SS-CTĐT và biên lai thay thế. Hãy lập biên lai thay thế với số tiền đúng.`,
  cancellation: `Không hủy suông biên lai: ${law} không có việc hủy mà không thay thế. Sai thì thay thế hoặc thông báo; trả lại tiền thì lập đề nghị hoàn phí, biên lai vẫn giữ nguyên.`,
  'notice-suffices': `Mã số thuế và số tiền đúng thì không lập biên lai mới (${law}). Hãy lập thông báo 04/SS-CTĐT và báo cho người nộp biết.`,
  'nothing-changes':
    'Nội dung đề nghị giống hệt biên lai đang có. Có thể chép nhầm nội dung cũ. Hãy ghi mục đúng cần thay.',
  'no-payment':
    'Không có thanh toán nào mang số này. Có thể nhầm một chữ số. Hãy đối chiếu số thanh toán 14 chữ số trên biên lai.',
  'no-receipt':
    'Thanh toán không có biên lai mang ký hiệu và số này. Có thể nhầm số hoặc nhầm thanh toán. Hãy chép lại cả ba từ biên lai.',
  'several-receipts':
    'Hai tổ chức thu cùng có biên lai mang ký hiệu và số này trong thanh toán. Hãy ghi thêm mã số thuế của tổ chức thu.',
  'id-taken':
    'Mã đề nghị này đã dùng cho một đề nghị khác của thanh toán. Hãy xem đề nghị cũ, hoặc lập đề nghị mới với mã mới.',
  'no-correction':
    'Không có đề nghị nào mang mã này ở thanh toán đó. Có thể nhầm mã hoặc nhầm thanh toán. Hãy chép lại cả hai từ danh sách.',
  'same-person': 'Người lập đề nghị không được tự duyệt hay từ chối. Hãy nhờ một cán bộ khác quyết định.',
  'not-signed':
    'Biên lai chưa ký nên chưa có giá trị và chưa thể xử lý là lập sai. Hãy đợi hệ thống ký xong rồi lập đề nghị.',
  'taken-back':
    'Cổng đã thu hồi khoản tiền của thanh toán này, nên không lập biên lai mới cho nó. Hãy chờ người phụ trách đối soát kết luận.',
} as const;

type SimpleRefusal = Extract<CorrectionRefusal, { code: keyof typeof simple }>;

function isSimple(refusal: CorrectionRefusal): refusal is SimpleRefusal {
  return Object.hasOwn(simple, refusal.code);
}

/** What finance staff read when nothing is done: the fault, its likely cause, and what to do next. */
export function explainRefusal(refusal: CorrectionRefusal): string {
  return isSimple(refusal) ? simple[refusal.code] : explainFacts(refusal);
}

function explainFacts(refusal: Exclude<CorrectionRefusal, SimpleRefusal>): string {
  switch (refusal.code) {
    case 'wrong-state':
      return `Đề nghị này ${states[refusal.state]}, không quyết định lại được. Hãy tải lại danh sách; nếu biên lai vẫn sai, hãy lập đề nghị mới.`;
    case 'replaced':
      return `Biên lai này đã bị thay thế bởi biên lai ${refusal.by}; mỗi biên lai chỉ được thay thế một lần. Nếu biên lai mới còn sai, hãy lập đề nghị cho biên lai đó.`;
    case 'unknown-fee':
      return `Danh mục không có khoản thu ${refusal.feeCode} có hiệu lực vào ngày nhận hồ sơ. Có thể nhầm mã. Hãy chép mã từ danh mục phí.`;
    case 'other-kind':
      return `Khoản thu ${refusal.feeCode} không cùng loại với biên lai này; phí và lệ phí không chung một biên lai, thuế và khoản của cơ quan khác không có biên lai ở đây. Hãy chỉ ghi khoản cùng loại.`;
    case 'wrong-price':
      return `Giá của ${refusal.feeCode} vào ngày nhận hồ sơ là ${refusal.amountsVnd.map(formatVnd).join(' hoặc ')}. Có thể nhầm số lượng. Hãy ghi lại theo danh mục phí.`;
    case 'exceeds-money':
      return `Tổng tiền vượt quá số đã nộp mà chưa có biên lai, nhiều nhất là ${formatVnd(refusal.mostVnd)}. Biên lai không ghi tiền chưa thu. Hãy sửa số tiền, hoặc yêu cầu nộp thêm bằng một thanh toán khác.`;
    case 'leaves-money':
      return `Tổng tiền ít hơn số đã nộp và chưa hoàn, ít nhất là ${formatVnd(refusal.leastVnd)}. Phần dư phải được hoàn trước. Hãy lập đề nghị hoàn phí cho phần dư; khi tiền đã hoàn, hãy lập lại đề nghị này.`;
    case 'unprintable':
      return `Mục ${refusal.field} có ký tự ${refusal.character} mà biên lai không in được. Hãy viết lại bằng chữ cái La-tinh.`;
    case 'organisation-changed':
      return `Đơn vị ${refusal.unitCode} hôm nay không còn thu phí với mã số thuế ghi trên biên lai, nên không lập được biên lai thay thế cùng tổ chức. Có thể đơn vị đã sáp nhập. Hãy hỏi cơ quan thuế quản lý.`;
    case 'no-tax-office':
      return `Chưa khai cơ quan thuế của đơn vị ${refusal.unitCode}. Hãy nhờ quản trị thêm mục taxOffice của đơn vị vào units.json rồi duyệt lại.`;
    case 'no-series':
      return `Chưa có ký hiệu biên lai nào dùng được hôm nay. Hãy nhờ kế toán của đơn vị xem lại dãy ký hiệu rồi duyệt lại. (${refusal.why})`;
    case 'try-later':
      return `Lúc này chưa lấy được số biên lai; chưa có gì thay đổi. Hãy duyệt lại sau ít phút. (${refusal.why})`;
  }
}
