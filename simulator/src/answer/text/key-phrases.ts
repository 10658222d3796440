import { isStopWord, plainText, wordsOf } from './split-text.ts';

const MAX_WORDS_IN_PHRASE = 3;
const MAX_LINES = 3_000;

/**
 * The phrases a text keeps coming back to, best first: runs of one to three content words,
 * weighted by how often they occur and how long they are. No phrase contains another.
 */
export function keyPhrasesOf(text: string, count: number): string[] {
  const scores = new Map<string, number>();
  const lines = plainText(text)
    .split(/[\n.,;:!?()[\]{}"“”|]+/)
    .slice(0, MAX_LINES);
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

function contentRuns(words: readonly string[]): string[][] {
  const runs: string[][] = [[]];
  for (const word of words) {
    if (isStopWord(word) || /^\d+$/.test(word)) runs.push([]);
    else runs.at(-1)?.push(word);
  }
  return runs.filter((run) => run.length > 0);
}

function addPhrases(run: readonly string[], scores: Map<string, number>): void {
  for (let from = 0; from < run.length; from += 1) {
    for (let size = 1; size <= MAX_WORDS_IN_PHRASE && from + size <= run.length; size += 1) {
      const phrase = run.slice(from, from + size).join(' ');
      const weight = size + Math.min(phrase.length, 24) / 24;
      scores.set(phrase, (scores.get(phrase) ?? 0) + weight);
    }
  }
}
