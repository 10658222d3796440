import { isStopWord, plainText, wordsOf } from './split-text.ts';

const MAX_WORDS_IN_PHRASE = 3;
const MAX_LINES = 3_000;

/**
 * The phrases a text keeps coming back to, best first: runs of one to three content words,
 * weighted by how often they occur and how long they are. No phrase contains another.
 */
export function keyPhrasesOf(text: string, count: number): string[] {
  const scores = new Map<string, number>();
  // "Audience: remote workers" is about remote workers, not about audiences.
  const withoutLabels = plainText(text).replace(/^[\p{L} ]{2,24}:\s/gmu, '');
  const lines = withoutLabels.split(/[\n.,;:!?()[\]{}"“”|]+/).slice(0, MAX_LINES);
  for (const line of lines) {
    for (const run of contentRuns(wordsOf(line))) addPhrases(run, scores);
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const chosen: string[] = [];
  for (const [phrase] of ranked) {
    if (chosen.length === count) break;
    const words = phrase.split(' ');
    const overlaps = chosen.some((other) => words.some((word) => other.split(' ').includes(word)));
    if (!overlaps) chosen.push(phrase);
  }
  return chosen;
}

interface Run {
  readonly words: string[];
  /** What follows an article or possessive is a thing; what does not may be an action. */
  readonly isNamed: boolean;
}

const DETERMINERS: ReadonlySet<string> = new Set(
  'a an the this our your my his her their new of'.split(' '),
);
const NAMED_WEIGHT = 1.6;

function contentRuns(words: readonly string[]): Run[] {
  const runs: Run[] = [{ words: [], isNamed: false }];
  for (const word of words) {
    const isBreak = isStopWord(word) || /^\d+$/.test(word);
    if (isBreak) runs.push({ words: [], isNamed: DETERMINERS.has(word) });
    else runs.at(-1)?.words.push(word);
  }
  return runs.filter((run) => run.words.length > 0);
}

function addPhrases({ words, isNamed }: Run, scores: Map<string, number>): void {
  for (let from = 0; from < words.length; from += 1) {
    for (let size = 1; size <= MAX_WORDS_IN_PHRASE && from + size <= words.length; size += 1) {
      const phrase = words.slice(from, from + size).join(' ');
      const weight = (size + Math.min(phrase.length, 24) / 24) * (isNamed ? NAMED_WEIGHT : 1);
      scores.set(phrase, (scores.get(phrase) ?? 0) + weight);
    }
  }
}
