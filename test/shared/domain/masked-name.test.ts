import { describe, expect, it } from '@jest/globals';
import { maskName } from '#shared/domain/masked-name.ts';

describe('a masked name', () => {
  it.each([
    ['Nguyễn Văn Anh', 'N***** V** A**'],
    ['  Đỗ   Thị\tÝ ', 'Đ* T** Ý*'],
    ['NGUYỄN THỊ ÁNH TUYẾT'.normalize('NFD'), 'N***** T** Á** T****'],
    ['Công ty TNHH 0912345678', 'C*** t* T*** 0*********'],
    ['', ''],
  ])('of %j is %j', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});
