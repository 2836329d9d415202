import type { RefundState } from '#schemas/refund.ts';
import type { RefundRefusal } from '#shared/domain/refund-plan.ts';

const states: Readonly<Record<RefundState, string>> = {
  proposed: 'chờ duyệt',
  approved: 'đã duyệt, chờ gửi cổng',
  requested: 'đã gửi cổng, chờ cổng trả lời',
  'manual-transfer': 'chờ chuyển khoản bằng tay',
  refunded: 'đã hoàn',
  failed: 'cổng từ chối',
  rejected: 'đã bị từ chối hoặc khép lại',
};

/** What finance staff read when nothing is done: the fault, its likely cause, and what to do next. */
export function explainRefusal(refusal: RefundRefusal): string {
  switch (refusal.code) {
    case 'no-payment':
      return 'Không có thanh toán nào mang số này. Có thể nhầm một chữ số. Hãy đối chiếu số thanh toán 14 chữ số trên hồ sơ.';
    case 'no-money':
      return 'Thanh toán không có khoản tiền này. Có thể chưa ai trả, hoặc mã khoản tiền bị chép thiếu. Hãy mở thanh toán để xem các khoản tiền và chép lại đủ cổng, tài khoản và mã.';
    case 'id-taken':
      return 'Mã hoàn phí này đã dùng cho một đề nghị khác của thanh toán. Có thể mã được dùng lại với số tiền hay lý do khác. Hãy xem đề nghị cũ trong danh sách, hoặc lập đề nghị mới với mã mới.';
    case 'exceeds':
      return `Số tiền vượt quá phần còn hoàn được, là ${refusal.leftVnd} đồng. Có thể một đề nghị khác đã giữ trước. Hãy xem danh sách hoàn phí của thanh toán rồi giảm số tiền, hoặc chờ đề nghị kia bị từ chối.`;
    case 'too-many':
      return 'Thanh toán đã có 99 lần hoàn phí, không thêm được lần nào. Hãy gộp phần còn lại và báo người phụ trách đối soát.';
    case 'no-refund':
      return 'Không có đề nghị hoàn phí nào mang mã này ở thanh toán đó. Có thể nhầm mã hoặc nhầm thanh toán. Hãy chép lại cả hai từ danh sách.';
    case 'same-person':
      return 'Người lập đề nghị không được tự duyệt hay từ chối. Hãy nhờ một cán bộ khác quyết định.';
    case 'other-transfer':
      return 'Khoản hoàn này đã được ghi nhận với chứng từ ngân hàng khác. Có thể đã có người chuyển tiền trước. Hãy đối chiếu sao kê để chắc rằng không chuyển hai lần.';
    case 'day-ahead':
      return 'Ngày chuyển khoản ở sau ngày hôm nay. Có thể gõ nhầm ngày, hoặc lệnh chưa được ngân hàng thực hiện. Hãy ghi lại khi tiền đã chuyển, theo ngày trên chứng từ.';
    case 'wrong-state':
      return `Việc này không làm được khi khoản hoàn phí đang ở trạng thái “${states[refusal.state]}”. Có thể người khác vừa xử lý, hoặc cổng còn trong ba ngày được chờ. Hãy tải lại danh sách để xem bước tiếp theo.`;
  }
}
