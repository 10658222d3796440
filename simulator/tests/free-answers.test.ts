import { describe, expect, test } from '@jest/globals';
import { composeAnswer } from '../src/answer/compose-answer.ts';

type Content = string | Array<{ type: 'text'; text: string }>;

function answer(content: Content, maxTokens = 8_000): string {
  const { blocks } = composeAnswer({
    model: 'claude-sonnet-5-5',
    max_tokens: maxTokens,
    messages: [{ role: 'user', content }],
  });
  return blocks.map((block) => block.text).join('');
}

/** As the worker asks: the material in a tagged block, then the question. */
function about(material: string, question: string): string {
  return answer([
    { type: 'text', text: `<material>\n${material}\n</material>` },
    { type: 'text', text: question },
  ]);
}

const source = `import type { Row } from './row.ts';
import { send } from './send.ts';

/** Stores a row and tells the listeners. Throws when the row is stale; then nothing was written. */
export async function store(row: Row): Promise<void> {
  const current = await read(row.id);
  // Somebody else may have been faster.
  if (current.version !== row.version) throw new Error('stale');
  await write(row);
  await send(row.id);
}

/** How long a listener may take. */
export const patienceSeconds = 5;
`;

describe('answers about material', () => {
  test('a question about code is answered with its comments, lines and names', () => {
    const text = about(source, 'What does this guarantee, and what breaks if its order changes?');
    expect(text).toContain('Throws when the row is stale; then nothing was written.');
    expect(text).toContain("if (current.version !== row.version) throw new Error('stale');");
    expect(text).toContain('Line 8 needs `current`, which line 6 makes.');
    expect(text).toContain('`patienceSeconds`: How long a listener may take.');
    expect(text).toContain('`./send.ts`');
    expect(text).toMatch(/^## What does this guarantee\?$/m);
  });

  test('every line of code in an answer stands in the source', () => {
    const text = about(source, 'How does a row travel to the listeners?');
    const quoted = [...text.matchAll(/^ ?\d+ {2}(.+)$/gm)].map((line) => line[1]?.trim() ?? '');
    expect(quoted.length).toBeGreaterThan(2);
    for (const line of quoted) expect(source).toContain(line);
  });

  test('a question about prose is answered with its sentences, and told what they leave out', () => {
    const prose =
      'The ferry company bought three electric ferries. Passengers complained mostly about late ferries in winter. The harbour has one charging station.';
    const text = about(prose, 'What did passengers complain about, and who pays the captain?');
    expect(text).toContain('**Passengers complained mostly about late ferries in winter.**');
    expect(text).toContain('“captain”');
  });

  test('nothing of the material is taken for the question', () => {
    const text = about('import { a } from "./a.ts";\nexport const b = a;\n', 'Is this safe?');
    expect(text).not.toMatch(/^#+ import/im);
  });
});

describe('answers without material', () => {
  test.each([
    [
      'Compare keyset paging with offset paging for a growing list.',
      '**The other:** offset paging',
    ],
    ['Is order 4711 paid?', '**Is order 4711 paid?**'],
    [
      'Draft release notes for a version that adds streaming, undo, and dark mode.',
      '**Dark mode.**',
    ],
    ['Explain backpressure in queues.', '**backpressure in queues**'],
  ])('%s', (question, expected) => {
    const text = answer(question);
    expect(text).toContain(expected);
    expect(text.split(/\s+/).length).toBeLessThan(300);
    expect(answer(question)).toBe(text);
  });

  test('an answer keeps to a small limit by leaving parts out', () => {
    const text = answer('Plan the move of our office to Lisbon.', 60);
    expect(text.length / 3.6).toBeLessThan(60);
  });
});
