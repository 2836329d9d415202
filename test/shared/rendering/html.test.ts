import { describe, expect, it } from '@jest/globals';
import { html } from '#shared/rendering/html.ts';

describe('building HTML', () => {
  it('escapes everything that is put in', () => {
    const ugly = `<script>alert("1" & '2')</script>`;

    expect(html`<p title="${ugly}">${ugly}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
    );
  });

  it('leaves what it built itself, also in lists, and shows nothing for undefined', () => {
    expect(html`<ul>${['a<', 'b'].map((item) => html`<li>${item}</li>`)}</ul>${undefined}${0}`.text).toBe(
      '<ul><li>a&lt;</li><li>b</li></ul>0',
    );
  });
});
