import type { StaffRole } from '#schemas/staff-role.ts';

/** A person whom the local provider lets sign in. */
export interface StaffAccount {
  /** Staff code, and what the provider knows the person by. */
  readonly code: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  /** What the person does, in Vietnamese, for the page on which somebody is picked. */
  readonly task: string;
}

/** One of each role, and a second approver, so that what one of them made the other one can check. */
export const staffAccounts: readonly StaffAccount[] = [
  { code: 'kt.lan', name: 'Nguyễn Thị Lan', roles: ['clerk'], task: 'Kế toán: lập đề nghị, đối soát' },
  { code: 'kt.minh', name: 'Trần Văn Minh', roles: ['approver'], task: 'Kế toán trưởng: duyệt, và cũng lập được' },
  { code: 'kt.hoa', name: 'Lê Thị Hoa', roles: ['approver'], task: 'Phó phòng: duyệt việc do kế toán trưởng lập' },
  { code: 'tt.tuan', name: 'Phạm Anh Tuấn', roles: ['auditor'], task: 'Thanh tra: chỉ xem' },
  { code: 'qt.quang', name: 'Vũ Đức Quang', roles: ['administrator'], task: 'Quản trị: ký hiệu biên lai, cấu hình' },
];

export function findStaffAccount(code: string): StaffAccount | undefined {
  return staffAccounts.find((account) => account.code === code);
}
