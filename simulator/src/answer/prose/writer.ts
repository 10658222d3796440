import { type Random, seededRandom } from '../seeded-random.ts';
import { keyPhrasesOf } from '../text/key-phrases.ts';
import { capitalize } from '../text/split-text.ts';
import { findTopic } from './find-topic.ts';

const ARTICLES = ['the', 'a', 'an', 'this', 'our', 'your', 'my', 'his', 'her', 'their'].map(
  (article) => ` ${article}`,
);

/** With fewer phrases than this, sections would repeat themselves. */
const ENOUGH_PHRASES = 6;

/** Sides that every topic has, for prompts too short to name their own. */
function aspectsOf(topic: string): string[] {
  const sides = ['first weeks', 'cost', 'upkeep', 'limits', 'purpose', 'history'];
  return sides.map((side) => `${side} of ${topic}`);
}

/** Fills the sentence bank with one prompt's topic and phrases, never repeating a choice early. */
export class Writer {
  readonly topic: string;
  readonly phrases: readonly string[];
  readonly random: Random;
  readonly #used = new Map<string, number>();
  readonly #named = new Map<string, string>();
  readonly #material: string;

  /** @param material what the phrases come from; the topic comes from the instruction. */
  constructor(instruction: string, material: string, seed: string) {
    this.topic = findTopic(instruction);
    this.#material = ` ${instruction}\n${material}`.toLowerCase();
    const found = keyPhrasesOf(material, 10).filter(
      (phrase) => phrase.includes(' ') || phrase.length > 4,
    );
    this.phrases = found.length >= ENOUGH_PHRASES ? found : [...found, ...aspectsOf(this.topic)];
    this.random = seededRandom(seed);
  }

  /** The n-th most important phrase, going round when there are fewer. */
  phrase(index: number): string {
    return this.phrases[index % this.phrases.length] ?? this.topic;
  }

  /** `count` sentences of a bank about the n-th phrase. */
  sentences(bank: readonly string[], index: number, count: number): string[] {
    return Array.from({ length: count }, () => this.fill(this.#next(bank), index));
  }

  /** A paragraph about the n-th phrase, mixing several banks. */
  paragraph(banks: readonly (readonly string[])[], index: number): string {
    return banks.flatMap((bank) => this.sentences(bank, index, 1)).join(' ');
  }

  /** Puts the topic and the n-th phrase into a template. */
  fill(template: string, index: number): string {
    const phrase = this.#withArticle(this.phrase(index));
    const other = this.#withArticle(this.phrase(index + 1));
    return capitalize(
      template
        .replaceAll('{t}', this.#withArticle(this.topic))
        .replaceAll('{p}', phrase)
        .replaceAll('{P}', capitalize(phrase))
        .replaceAll('{q}', other === phrase ? 'everything else' : other),
    );
  }

  /** `the first week` where the prompt itself uses an article or possessive, else as it is. */
  #withArticle(phrase: string): string {
    const known = this.#named.get(phrase);
    if (known !== undefined) return known;
    const bare = phrase.toLowerCase();
    const isNamed =
      / of /.test(phrase) ||
      ARTICLES.some((article) => this.#material.includes(`${article} ${bare}`));
    const named = isNamed ? `the ${phrase}` : phrase;
    this.#named.set(phrase, named);
    return named;
  }

  /** Walks a bank from a seeded start, so that a sentence repeats only when the bank is used up. */
  #next(bank: readonly string[]): string {
    const key = bank[0] ?? '';
    const at = this.#used.get(key) ?? Math.floor(this.random() * bank.length);
    this.#used.set(key, at + 1);
    return bank[at % bank.length] ?? '';
  }
}
