import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { readJsonAnswer } from '#shared/gateways/json-answers.ts';
import { literalTextSchema } from '#shared/gateways/json-literals.ts';

const schema = z.object({ code: literalTextSchema });
const read = (body: string, status = 200) => readJsonAnswer('Cổng', { status, headers: {}, body }, schema);

describe("a gateway's answer", () => {
  it('is read by its schema, whatever the status', () => {
    expect(read('{"code":0}', 400)).toEqual({ ok: true, fields: { code: '0' } });
  });

  it.each([
    ['an error page', '<html>', 'Cổng answered HTTP 502: the text is not JSON, or is nested too deeply'],
    ['a repeated key', '{"code":0,"code":0}', 'Cổng answered HTTP 502: a JSON key is repeated'],
    ['another form', '{}', 'code Invalid input'],
  ])('is not relied upon when it is %s', (_what, body, why) => {
    expect(read(body, 502)).toEqual({ ok: false, why });
  });
});
