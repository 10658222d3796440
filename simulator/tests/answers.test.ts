import { describe, expect, test } from '@jest/globals';
import { composeAnswer } from '../src/answer/compose-answer.ts';

function answer(content: string, extra: Record<string, unknown> = {}): string {
  const { blocks } = composeAnswer({
    model: 'claude-sonnet-5-5',
    max_tokens: 8_000,
    messages: [{ role: 'user', content }],
    ...extra,
  });
  return blocks.map((block) => block.text).join('');
}
const wordCount = (text: string) => text.split(/\s+/).length;

describe('answers', () => {
  test('a free prompt gets an ordered answer in its own terms', () => {
    const text = answer('Plan the migration of our billing database to a new region in June.');
    expect(wordCount(text)).toBeGreaterThan(120);
    expect(text).toMatch(/billing database/i);
    expect(text).toMatch(/^## /m);
  });

  test('an answer is about as long as the prompt asks for', () => {
    const text = answer('Write an article of about 1200 words about urban beekeeping.');
    expect(wordCount(text)).toBeGreaterThan(1_000);
    expect(wordCount(text)).toBeLessThan(1_600);
  });

  test('an answer ends by itself within ordinary limits of tokens', () => {
    for (const limit of [512, 1_024, 4_096]) {
      const text = answer('Explain backpressure in queues.', { max_tokens: limit });
      expect(text.length / 3.6).toBeLessThan(limit);
    }
  });

  test('attached text is summarised in its own sentences', () => {
    const report = [
      'The ferry service carried two million passengers last year.',
      'Passengers complained mostly about late ferries in winter.',
      'The ferry company bought three electric ferries to replace the oldest ships.',
      'Electric ferries need charging stations in both harbours.',
      'The harbour authority has approved one charging station so far.',
    ];
    const text = answer(
      `Summarise this report.\n\n${[...report, ...report.map((one) => `Also, ${one.toLowerCase()}`), ...report].join(' ').repeat(2)}`,
    );
    expect(report.filter((sentence) => text.includes(sentence)).length).toBeGreaterThan(1);
  });

  test('documentation names every exported symbol with its signature and comment', () => {
    const text = answer(
      'Write documentation for:\n```ts\n/** Adds two numbers. */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\nexport class Box {\n}\nfunction hidden() {\n}\n```',
    );
    expect(text).toContain('export function add(a: number, b: number): number');
    expect(text).toContain('Adds two numbers.');
    expect(text).toContain('`Box`');
    expect(text).not.toContain('hidden');
  });

  test('a clean diff gets a modest note instead of an invented problem', () => {
    const text = answer(
      'Review:\n--- a/x.ts\n+++ b/x.ts\n@@ -1,1 +1,2 @@\n const a = 1;\n+const total = a + 2;\n',
    );
    expect(text).toContain('Line 2');
    expect(text).toContain('No problem stands out here');
  });

  test('a hostile or empty-looking prompt still gets an answer', () => {
    for (const prompt of [
      '?',
      '🌊🌊🌊',
      '((((((',
      '<<<>>>',
      'a'.repeat(300_000),
      'a@a.'.repeat(50_000),
      `x${' '.repeat(99_999)}y`,
      '\\'.repeat(500),
    ]) {
      expect(answer(prompt).length).toBeGreaterThan(0);
    }
  });
});
