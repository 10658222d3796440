import { isStopWord, sentencesOf, wordsOf } from './split-text.ts';

const MIN_WORDS = 5;
const MAX_WORDS = 45;
const MAX_SENTENCES_READ = 2_000;

/**
 * The sentences that carry a text, in reading order: those whose words the whole text uses most,
 * with a bonus for standing early. Fewer than asked when there are fewer.
 */
export function summarize(text: string, count: number): string[] {
  const sentences = [...new Set(sentencesOf(text))].slice(0, MAX_SENTENCES_READ);
  const frequency = new Map<string, number>();
  for (const word of sentences.flatMap(wordsOf)) {
    if (!isStopWord(word)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return sentences
    .map((sentence, at) => ({ sentence, at, score: scoreOf(sentence, at, frequency) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, count)
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence);
}

function scoreOf(sentence: string, at: number, frequency: ReadonlyMap<string, number>): number {
  const words = wordsOf(sentence);
  if (words.length < MIN_WORDS || words.length > MAX_WORDS) return 0;
  const content = new Set(words.filter((word) => !isStopWord(word)));
  let sum = 0;
  for (const word of content) sum += frequency.get(word) ?? 0;
  return (sum / Math.sqrt(words.length)) * (1 + 1 / (at + 2));
}
