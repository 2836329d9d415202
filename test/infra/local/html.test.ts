import { describe, expect, it } from '@jest/globals';
import { htmlAnswer } from '#infra/local/html.ts';
import { html } from '#shared/rendering/html.ts';

describe('a local page', () => {
  it('is sent with a policy under which no script runs and nothing is framed', () => {
    const headers = new Map(htmlAnswer(html`<p></p>`).headers);

    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src|unsafe/);
  });
});
