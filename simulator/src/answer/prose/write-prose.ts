import type { Prompt } from '../read-prompt.ts';
import { capitalize, codeBlocksOf, sentencesOf, wordsOf } from '../text/split-text.ts';
import { summarize } from '../text/summarize.ts';
import {
  ACTIONS,
  CHECKS,
  CLOSINGS,
  METHODS,
  OPENINGS,
  PITFALLS,
  REASONS,
} from './sentence-bank.ts';
import { Writer } from './writer.ts';

const DEFAULT_WORDS = 550;
const MAX_WORDS = 4_000;
/** Words are about 1.7 tokens of our ruler; the rest is headroom, so that the answer can end. */
const WORDS_PER_TOKEN = 0.5;
const LONG_MATERIAL_WORDS = 120;

/** Text of the length that was asked for, in markdown, about what the prompt says. */
export function writeProse(prompt: Prompt): string {
  const writer = new Writer(prompt.instruction, prompt.material, prompt.seed);
  const words = wantedWords(prompt);
  if (words < 60) return shortAnswer(prompt, writer);
  const sections = [
    `# ${capitalize(writer.topic)}`,
    `${writer.paragraph([OPENINGS], 0)} ${writer.paragraph([REASONS], 0)}`,
    ...materialSections(prompt),
    ...requestSection(prompt, writer),
    ...codeSections(prompt),
  ];
  const tail = [
    `## Next steps\n\n${writer
      .sentences(ACTIONS, 0, 5)
      .map((one, at) => `${at + 1}. ${one}`)
      .join('\n')}`,
    writer.paragraph([CLOSINGS], 0),
  ];
  const tailWords = countWords(tail);
  for (let index = 0; countWords(sections) + tailWords < words; index += 1) {
    sections.push(themeSection(writer, index));
  }
  return [...sections, ...tail].join('\n\n');
}

function wantedWords(prompt: Prompt): number {
  const wanted = askedWords(prompt) ?? DEFAULT_WORDS;
  return Math.min(wanted, MAX_WORDS, prompt.maxTokens * WORDS_PER_TOKEN);
}

/** Whether a request says how long its answer should be. */
export function asksForLength(prompt: Prompt): boolean {
  return askedWords(prompt) !== undefined;
}

function askedWords(prompt: Prompt): number | undefined {
  const asked = /\b(?:about |around |at least |~)?(\d{2,4})[- ]words?\b/i.exec(
    `${prompt.instruction}\n${prompt.system}`,
  )?.[1];
  return asked === undefined ? undefined : Number(asked);
}

function shortAnswer(prompt: Prompt, writer: Writer): string {
  return [...summarize(prompt.material, 1), writer.paragraph([REASONS, METHODS], 0)].join(' ');
}

/** An extractive summary, when there is enough attached to be summarised. */
function materialSections(prompt: Prompt): string[] {
  if (wordsOf(prompt.material).length < LONG_MATERIAL_WORDS) return [];
  const sentences = summarize(prompt.material, 6);
  if (sentences.length < 2) return [];
  const points = sentences.slice(1).map((sentence) => `- ${sentence}`);
  return [`## In brief\n\n${sentences[0]}`, `## Key points from the text\n\n${points.join('\n')}`];
}

/** Takes the prompt's own sentences one by one, so that the answer visibly meets each. */
function requestSection(prompt: Prompt, writer: Writer): string[] {
  const asks = sentencesOf(prompt.instruction)
    .filter((sentence) => sentence.length < 220)
    .slice(0, 5);
  if (asks.length < 2) return [];
  const points = asks.map(
    (ask, at) => `- **${ask.replace(/[.:]$/, '')}**: ${writer.paragraph([METHODS], at)}`,
  );
  return [`## Point by point\n\n${points.join('\n')}`];
}

function codeSections(prompt: Prompt): string[] {
  return codeBlocksOf(prompt.material)
    .slice(0, 2)
    .map(({ language, code }) => {
      const lines = code.trimEnd().split('\n');
      const names = [
        ...code.matchAll(/\b(?:function|class|const|def|let|interface|type)\s+(\w+)/g),
      ];
      const named = names.map((name) => `\`${name[1]}\``).slice(0, 6);
      const about = named.length > 0 ? ` It defines ${[...new Set(named)].join(', ')}.` : '';
      return [
        `## The code`,
        `The ${language || 'code'} block has ${lines.length} lines.${about} The part that decides its behaviour:`,
        `\`\`\`${language}\n${lines.slice(0, 24).join('\n')}\n\`\`\``,
      ].join('\n\n');
    });
}

/** One section about one of the prompt's phrases; their shapes alternate. */
function themeSection(writer: Writer, index: number): string {
  const phrase = capitalize(writer.phrase(index));
  const round = Math.floor(index / writer.phrases.length);
  const shapes = [
    () =>
      `## ${phrase}: why it matters\n\n${writer.paragraph([REASONS, REASONS, METHODS], index)}\n\n${writer.paragraph([METHODS, PITFALLS], index)}`,
    () =>
      `## How to approach ${writer.phrase(index)}\n\n${writer.paragraph([REASONS], index)}\n\n${writer
        .sentences(METHODS, index, 4)
        .map((one) => `- ${one}`)
        .join('\n')}`,
    () =>
      `## What can go wrong with ${writer.phrase(index)}\n\n${writer.paragraph([PITFALLS, PITFALLS, REASONS], index)}`,
    () =>
      `## Questions to ask about ${writer.phrase(index)}\n\n${writer
        .sentences(CHECKS, index, 4)
        .map((one) => `- ${one}`)
        .join('\n')}`,
  ];
  return shapes[((index % writer.phrases.length) + round) % shapes.length]?.() ?? '';
}

function countWords(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + wordsOf(part).length, 0);
}
