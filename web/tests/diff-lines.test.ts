import { describe, expect, it } from '@jest/globals';
import { excerptAt, linesByFile } from '../lib/diff-lines.ts';

const diff = [
  'diff --git a/src/a.ts b/src/a.ts',
  '--- a/src/a.ts',
  '+++ b/src/a.ts',
  '@@ -1,3 +1,4 @@',
  ' one',
  '-two',
  '--- not a header',
  '+TWO',
  '+three',
  ' four',
  '@@ -40 +41,2 @@ function far()',
  ' forty',
  '+forty-two',
  '\\ No newline at end of file',
  'diff --git a/b.sql b/b.sql',
  '--- a/b.sql',
  '+++ b/b.sql',
  '@@ -0,0 +1 @@',
  '+select 1;',
].join('\n');

describe('lines of a diff', () => {
  const files = linesByFile(diff);

  it('numbers lines as the changed file does', () => {
    expect([...files.keys()]).toEqual(['src/a.ts', 'b.sql']);
    expect(files.get('src/a.ts')?.map(({ number, sign }) => `${sign}${number ?? ''}`)).toEqual([
      ' 1',
      '-',
      '-',
      '+2',
      '+3',
      ' 4',
      ' 41',
      '+42',
    ]);
  });

  it('shows a line with its neighbours', () => {
    const excerpt = excerptAt(files, 'src/a.ts', 3);
    expect(excerpt?.lines.map(({ text }) => text)).toEqual([
      '-- not a header',
      'TWO',
      'three',
      'four',
      'forty',
    ]);
    expect(excerpt?.at).toBe(2);
  });

  it('has nothing to show for a line or file that the diff does not touch', () => {
    expect(excerptAt(files, 'src/a.ts', 20)).toBeUndefined();
    expect(excerptAt(files, 'c.ts', 1)).toBeUndefined();
  });
});
