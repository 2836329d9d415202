import type { RefusalCode } from '#shared/domain/assignment.ts';

/** What finance staff read when an assignment is refused: the fault, its likely cause, and what to do next. */
const explanations: Readonly<Record<RefusalCode, string>> = {
  'money-unknown':
    'Không có khoản tiền treo nào mang mã này. Có thể mã bị gõ thiếu hoặc khoản tiền nằm cạnh một thanh toán. Hãy chép lại cổng/tài khoản/mã từ danh sách.',
  'payment-unknown':
    'Không có thanh toán nào mang số này. Có thể nhầm một chữ số. Hãy đối chiếu số thanh toán 14 chữ số trên hồ sơ.',
  'amount-unknown':
    'Không đọc được số tiền trong tin báo của cổng nên không thể gán. Hãy lấy số tiền từ sao kê của cổng và xử lý khi đối soát.',
  'foreign-account':
    'Tin báo ký cho mã điểm bán khác, tiền không nằm trong tài khoản này. Có thể hai tài khoản dùng chung khóa. Hãy kiểm tra cấu hình với cổng và trả tiền qua cổng.',
  'other-account':
    'Tiền vào tài khoản của đơn vị khác với đơn vị thu của thanh toán này. Biên lai sẽ ghi sai đơn vị nên không thể gán. Hãy chọn thanh toán của đúng đơn vị, hoặc trả lại tiền cho người nộp.',
  'already-there':
    'Chính khoản tiền này đã có ở thanh toán đó. Có thể tin báo đến hai lần dưới hai mã tham chiếu. Hãy mở thanh toán để xem, không cần gán nữa.',
  'too-many-attempts':
    'Thanh toán đã có 99 lần thử, không thêm được lần nào. Hãy gán cho thanh toán khác của hồ sơ, hoặc trả lại tiền.',
  'already-assigned':
    'Khoản tiền đã được gán xong, có thể do người khác vừa duyệt. Hãy tải lại danh sách để xem nó đang ở thanh toán nào.',
  'already-proposed': 'Đang có một đề nghị khác chờ duyệt cho khoản tiền này. Hãy duyệt hoặc từ chối đề nghị đó trước.',
  'too-many-proposals': 'Khoản tiền đã qua 99 đề nghị. Hãy báo người phụ trách đối soát để xử lý theo sao kê của cổng.',
  'not-proposed': 'Khoản tiền chưa có đề nghị nào, hoặc đề nghị vừa bị từ chối. Hãy lập đề nghị mới rồi duyệt.',
  'other-proposal':
    'Đề nghị đang chờ không phải đề nghị quý vị đã xem. Có thể đề nghị cũ đã bị từ chối và có đề nghị mới. Hãy tải lại danh sách và xem lại trước khi duyệt.',
  'same-person':
    'Người lập đề nghị không được tự duyệt. Hãy nhờ một cán bộ khác duyệt, hoặc từ chối để rút đề nghị của mình.',
};

export function explainRefusal(code: RefusalCode): string {
  return explanations[code];
}
