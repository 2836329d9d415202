import { describe, expect, it } from '@jest/globals';
import { jsonAnswer, jsonPost } from '#shared/gateways/json-messages.ts';

describe('a JSON message of ours', () => {
  it('answers in UTF-8', () => {
    expect(jsonAnswer(200, { MoTaLoi: 'Thành công' })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"MoTaLoi":"Thành công"}',
    });
  });

  it('asks in ASCII, which says the same', () => {
    const content = { name: 'Nguyễn Văn "An" ✅\n\u007f', amount: 28_000 };
    const { method, url, body } = jsonPost('https://a.example', content);
    expect([method, url]).toEqual(['POST', 'https://a.example']);
    expect(body).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(body)).toEqual(content);
  });
});
