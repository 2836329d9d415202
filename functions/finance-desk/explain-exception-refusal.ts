import type { ExceptionStep } from '#schemas/exception.ts';
import { type ExceptionRefusal, mostSteps } from '#shared/domain/exception-steps.ts';

/** What somebody did last, in words for people. */
const deeds: Readonly<Record<ExceptionStep['did'], string>> = {
  found: 'được đối soát phát hiện',
  changed: 'được đối soát ghi nhận số liệu mới',
  'found-again': 'được đối soát phát hiện lại',
  explained: 'được đối soát khép lại vì không còn lệch',
  assigned: 'được giao',
  noted: 'được ghi chú',
  proposed: 'được đề nghị khép lại',
  approved: 'được duyệt khép lại',
  rejected: 'bị từ chối đề nghị',
  escalated: 'được chuyển lên cấp trên',
};

/** What finance staff read when a step is not taken: the fault, its likely cause, and what to do next. */
export function explainExceptionRefusal(refusal: ExceptionRefusal): string {
  switch (refusal.code) {
    case 'changed': {
      const { did, by } = refusal.last;
      return `Ngoại lệ đã thay đổi sau khi quý vị mở: ${deeds[did]}${by === undefined ? '' : `, bởi ${by}`}. Hãy tải lại để xem bước mới nhất rồi làm lại nếu còn cần.`;
    }
    case 'closed':
      return 'Ngoại lệ đã khép lại nên không ghi thêm được. Có thể người khác vừa duyệt, hoặc lần đối soát sau đã giải thích được. Hãy xem quá trình xử lý của ngoại lệ.';
    case 'not-proposed':
      return 'Chưa có đề nghị khép lại nào đang chờ duyệt. Có thể đề nghị vừa bị từ chối, hoặc số liệu đã đổi. Hãy lập đề nghị mới.';
    case 'already-proposed':
      return `Đang có đề nghị của ${refusal.maker} chờ duyệt. Hãy duyệt hoặc từ chối đề nghị đó trước.`;
    case 'same-person':
      return 'Người lập đề nghị không được tự duyệt. Hãy nhờ một cán bộ khác duyệt, hoặc từ chối để rút đề nghị của mình.';
    case 'already-assigned':
      return 'Ngoại lệ đang do chính người này phụ trách. Có thể người khác vừa giao. Không cần làm gì thêm.';
    case 'desk-is-nobody':
      return 'Đây là mã của một bộ phận, không phải của một người. Ngoại lệ phải có người nhận. Hãy giao cho mã cán bộ.';
    case 'already-escalated':
      return 'Ngoại lệ đã được chuyển lên cấp trên. Hãy ghi chú thêm nếu có thông tin mới.';
    case 'too-many-steps':
      return `Ngoại lệ đã có ${mostSteps} bước xử lý nên không ghi thêm được. Nếu đang có đề nghị chờ, hãy nhờ người duyệt; nếu không, hãy báo người quản trị.`;
  }
}
