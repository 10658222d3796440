import type { Random } from '../seeded-random.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const MAX_EXTRA_REPEATS = 4;

/**
 * A string that matches a simple pattern: literals, classes, groups, alternatives and counts.
 * Look-arounds and back references are beyond it; the result may then not match.
 */
export function sampleOf(pattern: string, random: Random): string {
  const reader = new PatternReader(pattern.replaceAll(/^\^|\$$/g, ''), random);
  return reader.alternatives();
}

class PatternReader {
  #at = 0;
  readonly #pattern: string;
  readonly #random: Random;

  constructor(pattern: string, random: Random) {
    this.#pattern = pattern;
    this.#random = random;
  }

  /** Reads `a|b|c` up to a closing parenthesis and keeps the first branch. */
  alternatives(): string {
    let kept: string | undefined;
    let branch = '';
    while (this.#at < this.#pattern.length && this.#peek() !== ')') {
      if (this.#peek() === '|') {
        this.#at += 1;
        kept ??= branch;
        branch = '';
      } else branch += this.#repeated();
    }
    return kept ?? branch;
  }

  #repeated(): string {
    const from = this.#at;
    let text = this.#atom();
    const to = this.#at;
    const count = this.#count();
    const after = this.#at;
    if (count === 0) return '';
    for (let round = 1; round < count; round += 1) {
      this.#at = from;
      text += this.#atom();
    }
    this.#at = Math.max(to, after);
    return text;
  }

  #count(): number {
    const rest = this.#pattern.slice(this.#at);
    const [quantifier, min = ''] = /^\{(\d+)(,\d*)?\}\??/.exec(rest) ?? [];
    if (quantifier !== undefined) {
      this.#at += quantifier.length;
      return Number(min);
    }
    const sign = /^[*+?]\??/.exec(rest)?.[0];
    if (sign === undefined) return 1;
    this.#at += sign.length;
    return sign.startsWith('+') ? 1 + Math.floor(this.#random() * MAX_EXTRA_REPEATS) : 1;
  }

  #atom(): string {
    const sign = this.#next();
    if (sign === '(') {
      if (this.#pattern.startsWith('?:', this.#at)) this.#at += 2;
      const inner = this.alternatives();
      this.#at += 1;
      return inner;
    }
    if (sign === '[') return this.#class();
    if (sign === '\\') return this.#escape(this.#next());
    if (sign === '.') return this.#one(LETTERS);
    return sign === '^' || sign === '$' ? '' : sign;
  }

  #escape(sign: string): string {
    if (sign === 'd') return this.#one('0123456789');
    if (sign === 'w') return this.#one(LETTERS);
    if (sign === 's') return ' ';
    return sign === 'b' ? '' : sign;
  }

  #class(): string {
    const end = this.#pattern.indexOf(']', this.#at);
    const body = this.#pattern
      .slice(this.#at, end)
      .replaceAll('\\d', '0-9')
      .replaceAll('\\w', 'a-z');
    this.#at = end + 1;
    if (body.startsWith('^')) return this.#one(LETTERS);
    const [, from, to] = /(.)-(.)/.exec(body) ?? [];
    if (from === undefined || to === undefined) return body.charAt(0);
    const start = from.charCodeAt(0);
    const size = to.charCodeAt(0) - start + 1;
    return String.fromCharCode(start + Math.floor(this.#random() * size));
  }

  #one(alphabet: string): string {
    return alphabet.charAt(Math.floor(this.#random() * alphabet.length));
  }

  #peek(): string {
    return this.#pattern.charAt(this.#at);
  }

  #next(): string {
    const sign = this.#peek();
    this.#at += 1;
    return sign;
  }
}
