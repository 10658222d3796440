/** What a last user turn asks, apart from what it is asked about. */
export interface AskedText {
  /** The request itself; empty when a turn only attaches. */
  readonly question: string;
  /** Tagged blocks, documents and whatever stands before the request. */
  readonly attached: string;
}

/** A block such as `<material>…</material>`, perhaps with words after it. */
const TAGGED = /^\s*<([a-z][\w-]*)(?:\s[^>\n]*)?>\n?([\s\S]*?)\n?<\/\1>/i;
const LONG_TURN_WORDS = 120;
const MAX_QUESTION_WORDS = 60;
const MAX_QUESTION_CHARACTERS = 2_000;

/** The request is the last text that is no tagged block; the rest is its material. */
export function splitQuestion(blocks: readonly string[]): AskedText {
  const texts = blocks.filter((text) => text.trim() !== '');
  const asked = texts.findLastIndex((text) => !TAGGED.test(text));
  if (asked === -1) return { question: '', attached: texts.map(untag).join('\n\n') };
  const rest = texts.filter((_, at) => at !== asked).map(untag);
  const { question, attached } = splitOne(texts[asked] ?? '');
  return {
    question: question.slice(0, MAX_QUESTION_CHARACTERS),
    attached: [...rest, attached].filter((text) => text !== '').join('\n\n'),
  };
}

function untag(text: string): string {
  return TAGGED.exec(text)?.[2] ?? text;
}

/** One long text that begins or ends with a short paragraph asks in it about the rest. */
function splitOne(text: string): AskedText {
  const paragraphs = text.trim().split(/\n\s*\n/);
  if (countWords(text) <= LONG_TURN_WORDS || paragraphs.length < 2)
    return { question: text.trim(), attached: '' };
  const [first = '', last = ''] = [paragraphs[0], paragraphs.at(-1)];
  const isFirst = countWords(first) <= MAX_QUESTION_WORDS;
  if (!isFirst && countWords(last) > MAX_QUESTION_WORDS)
    return { question: text.trim(), attached: '' };
  return isFirst
    ? { question: first, attached: paragraphs.slice(1).join('\n\n') }
    : { question: last, attached: paragraphs.slice(0, -1).join('\n\n') };
}

function countWords(text: string): number {
  return text.split(/\s+/).length;
}
