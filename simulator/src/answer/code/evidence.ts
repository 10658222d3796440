import { missingWords, relevance, type Wanted, wantedBy } from '../text/relevance.ts';
import { dedent, type Passage } from './passages.ts';
import type { Step } from './steps.ts';

const PASSAGES = 2;
const LINES = 4;
const GUARDS = 6;
const GUARD = /\bthrow\b|\braise\b|\bassert\w*\(|\bpanic!?\(|\breject\(|\bconstraint\b|\bcheck \(/;
const NOISE = /^\s*(?:import\b|from\b|export \{|[\])}]|\/\/|\/?\*|#|--|$)/;
/** What people call any source; that a text does not use these words says nothing about it. */
const GENERIC =
  /^(?:module|file|function|class|code|guarante\w*|colleague|happen\w*|work\w*|decide\w*)$/;

/** The comments that meet a question best, in reading order. */
export function passagesFor(ask: string, passages: readonly Passage[]): Passage[] {
  const wanted = wantedBy(ask);
  return best(
    passages,
    ({ comment, code }) => `${comment} ${code.join(' ')}`,
    wanted,
    PASSAGES,
  ).toSorted((a, b) => a.line - b.line);
}

/** The lines of code that meet a question best, in reading order. */
export function linesFor(ask: string, source: string): Step[] {
  const lines = numbered(source).filter(({ text }) => !NOISE.test(text));
  return best(lines, ({ text }) => text, wantedBy(ask), LINES).toSorted((a, b) => a.line - b.line);
}

/** The lines in which a source refuses to go on. */
export function guardsOf(source: string): Step[] {
  return numbered(source)
    .filter(({ text }) => GUARD.test(text) && !NOISE.test(text))
    .slice(0, GUARDS);
}

/** Words of a question that a source never uses, quoted, at most four. */
export function neverMentioned(ask: string, source: string): string[] {
  return missingWords(ask, source)
    .filter((word) => !GENERIC.test(word))
    .slice(0, 4)
    .map((word) => `“${word}”`);
}

/** Lines with their numbers, as a code block. */
export function numberedBlock(lines: readonly Step[]): string {
  const width = String(lines.at(-1)?.line ?? 0).length;
  const texts = dedent(lines.map(({ text }) => text));
  const rows = lines.map(({ line }, at) => `${String(line).padStart(width)}  ${texts[at]}`);
  return `\`\`\`\n${rows.join('\n')}\n\`\`\``;
}

function numbered(source: string): Step[] {
  return source.split('\n').map((text, at) => ({ line: at + 1, text }));
}

function best<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  wanted: Wanted,
  count: number,
): Item[] {
  return items
    .map((item, at) => ({ item, at, score: relevance(textOf(item), wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, count)
    .map(({ item }) => item);
}
