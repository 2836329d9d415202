import type { CloseRefusal } from '#shared/domain/close-day.ts';
import type { MonthRefusal } from '#shared/domain/close-month.ts';
import { formatDay, formatVietnamTime } from '#shared/domain/vietnamese-format.ts';

/** What finance staff read when a day or a month is not closed: the fault, its likely cause, and what to do next. */
export function explainCloseRefusal(refusal: CloseRefusal | MonthRefusal): string {
  switch (refusal.code) {
    case 'run-in-progress':
      return `Ngày đang được đối soát từ ${formatVietnamTime(refusal.since)}. Nếu quá 15 phút, lần đối soát có thể đã dừng giữa chừng: hãy nộp lại sao kê hoặc báo người quản trị chạy lại, rồi khóa sổ.`;
    case 'unassigned':
      return `Còn ${refusal.count} ngoại lệ chưa có người nhận, đầu tiên là ${refusal.first}. Mỗi ngoại lệ phải có người phụ trách trước khi khóa sổ. Hãy giao từng ngoại lệ cho một cán bộ.`;
    case 'unbalanced':
      return `Bảng cân đối còn khoản không giải thích được: ${refusal.titles.join('; ')}. Có thể số liệu của một bên bị đọc thiếu. Hãy báo người quản trị, đừng khóa sổ.`;
    case 'already-proposed':
      return `Đang có đề nghị khóa sổ của ${refusal.maker} chờ duyệt. Hãy duyệt hoặc từ chối đề nghị đó trước.`;
    case 'days-open': {
      const { count, first } = refusal;
      return `Còn ${count} ngày chưa khóa sổ, đầu tiên là ${formatDay(first.day)} của ${first.gateway}/${first.merchant}. Hãy khóa từng ngày trước; ngày không có giao dịch thì khóa theo loại “không phát sinh”.`;
    }
    default:
      return explanations[refusal.code];
  }
}

type PlainCode = Exclude<
  (CloseRefusal | MonthRefusal)['code'],
  'run-in-progress' | 'unassigned' | 'unbalanced' | 'already-proposed' | 'days-open'
>;

const explanations: Readonly<Record<PlainCode, string>> = {
  'day-not-over': 'Ngày này chưa kết thúc nên chưa khóa sổ được. Hãy khóa sổ từ ngày hôm sau, khi đã có sao kê.',
  'no-file':
    'Chưa có sao kê hợp lệ của ngày này. Có thể cổng chưa gửi, hoặc tệp đã bị từ chối. Hãy nộp sao kê; nếu cổng xác nhận không có giao dịch, hãy khóa theo loại “không phát sinh”.',
  'not-reconciled':
    'Sao kê mới nhất chưa được đối soát xong. Có thể tệp vừa đến, hoặc lần đối soát bị dừng. Hãy chờ vài phút rồi tải lại; nếu vẫn vậy, hãy báo người quản trị.',
  'no-bank-file':
    'Chưa đối chiếu được với ngân hàng: thiếu sao kê tài khoản thu của ngày ghi có, hoặc sao kê của cổng cho một ngày được ghi có cùng. Tài khoản này được cấu hình phải có sao kê ngân hàng mới khóa sổ. Hãy nộp sao kê còn thiếu.',
  'has-file':
    'Ngày này đã có sao kê nên không thể khóa theo loại “không phát sinh”. Hãy khóa theo kết quả đối soát, kể cả khi sao kê không có dòng nào.',
  'has-money':
    'Sổ của ta ghi có tiền trong ngày này nên không thể khóa theo loại “không phát sinh”. Có thể cổng gửi sót sao kê. Hãy yêu cầu cổng gửi sao kê của ngày.',
  'already-closed': 'Sổ đã khóa. Điều phát hiện sau khi khóa được ghi vào ngày phát hiện, có dẫn chiếu ngày gốc.',
  'not-proposed': 'Chưa có đề nghị khóa sổ nào đang chờ, hoặc đề nghị vừa bị từ chối. Hãy lập đề nghị mới.',
  'other-proposal':
    'Đề nghị đang chờ không phải đề nghị quý vị đã xem. Có thể đề nghị cũ đã bị từ chối và có đề nghị mới. Hãy tải lại và xem lại trước khi duyệt.',
  'same-person':
    'Người lập đề nghị không được tự duyệt. Hãy nhờ một cán bộ khác duyệt, hoặc từ chối để rút đề nghị của mình.',
  outdated:
    'Số liệu đã thay đổi sau khi đề nghị được lập: có sao kê mới, lần đối soát mới hoặc điều chỉnh mới. Hãy lập lại đề nghị trên số liệu hiện tại.',
  reopening:
    'Sổ đã khóa không được mở lại. Điều phát hiện sau khi khóa được ghi vào ngày phát hiện, có dẫn chiếu ngày gốc. Hãy nộp sao kê sửa: phần chênh lệch sẽ thành bút toán điều chỉnh.',
  'month-not-over':
    'Tháng này chưa kết thúc nên chưa khóa sổ được. Hãy khóa từng ngày, rồi khóa tháng từ ngày 1 tháng sau.',
  'nothing-to-close':
    'Không có tài khoản nào phải đối soát trong tháng này. Hãy kiểm tra lại tháng, hoặc ngày bắt đầu đối soát trong cấu hình.',
};
