import { isStopWord, wordsOf } from './split-text.ts';

/** Words that answer a question without repeating its own. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/\bguarantee|\bpromise|\binvariant|\bensure|\bsafe/i, 'never always only exactly must unless'],
  [/\bbreak|\bfail|\bwrong|\blos[et]|\bkill|\bcrash/i, 'throw error lost fail refuse reject gone'],
  [/\border|\bsteps?\b|\bsequence|\bfirst|\btravel|\bflow/i, 'first before after then begin last'],
  [/\bwhy\b|\breason/i, 'because otherwise would'],
  [/\bwho\b|\ballow|\bpermission|\baccess/i, 'role grant policy only may member'],
  [/\bhow (?:many|much)|\blimit|\bbig|\blarge/i, 'most least limit maximum minimum'],
  [/\bslow|\bfast|\bperformance|\bspeed/i, 'measured time wait seconds milliseconds'],
];
const HINT_WEIGHT = 0.5;

/** What a question looks for, by stem and weight. */
export type Wanted = ReadonlyMap<string, number>;

export function wantedBy(question: string): Wanted {
  const wanted = new Map<string, number>();
  for (const [pattern, words] of HINTS) {
    if (pattern.test(question)) {
      for (const word of words.split(' ')) wanted.set(stem(word), HINT_WEIGHT);
    }
  }
  for (const word of contentWords(question)) wanted.set(stem(word), 1);
  return wanted;
}

/** How well a text meets what is wanted; 0 when it shares no word. Long texts get no credit for length. */
export function relevance(text: string, wanted: Wanted): number {
  const spelledOut = text.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  const words = wordsOf(spelledOut);
  const stems = new Set(words.map(stem));
  let sum = 0;
  for (const [one, weight] of wanted) if (stems.has(one)) sum += weight;
  return sum / Math.log2(words.length + 8);
}

/** The question's own content words that a text never uses, in the question's order. */
export function missingWords(question: string, text: string): string[] {
  const stems = new Set(wordsOf(text).map(stem));
  return [...new Set(contentWords(question))].filter((word) => !stems.has(stem(word)));
}

function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => !isStopWord(word));
}

/** A rough stem: enough that `retries`, `retried` and `retry` meet. */
function stem(word: string): string {
  const bare = word
    .replace(/['’]s$/, '')
    .replace(/ies$|ied$/, 'y')
    .replace(/(?<=..[^aeiou])(?:ing|ed|es)$/, '')
    .replace(/(?<=...[^s])s$/, '');
  return bare.length > 4 ? bare.replace(/e$/, '') : bare;
}
