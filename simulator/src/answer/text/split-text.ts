const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below
  between both but by can could did do does doing don done down each few for from further get give
  had has have having he her here hers him his how i if in into is it its itself just let like
  make me more most my need no nor not now of off on once only or other our out over own per please
  same she should so some such tell than that the their them then there these they this those to
  too under until up us use used using very via want was we were what when where which while who
  why will with within without would write you your explain describe summarize summarise list
  following text given new one two three something anything every much many may might must
    include includes including starts start starting write written writing draft words word article
    post report keyphrase keyword audience tone format output input json schema markdown question
    answer task prompt context document attached below section sections points point short long
    brief detailed concise good great make makes making show tell think know want help helps start
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday first second third number total also around across within really quite well get gets
    isn don doesn can't won't it's i'm you're we're that's what's review diff source code file`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Longer runs are hashes, keys or encoded data, not words. */
const MAX_WORD_LENGTH = 40;

/** Lower-case words of a text, letters and digits only. */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  return words.filter((word) => word.length <= MAX_WORD_LENGTH);
}

/** Whether a word says nothing about the topic. */
export function isStopWord(word: string): boolean {
  return word.length < 3 || STOP_WORDS.has(word);
}

/** A text without code blocks, tags and markdown signs: what a person would read aloud. */
export function plainText(text: string): string {
  return text
    .replace(/```[\s\S]*?(```|$)/g, '\n')
    .replace(/<\/?[a-z][^>\n]{0,80}>/gi, '\n')
    .replace(/^\s{0,3}(#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/[*_`]{1,3}/g, '');
}

/** Sentences in reading order; a line break after a heading or list item ends one too. */
export function sentencesOf(text: string): string[] {
  return plainText(text)
    .split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}"“(])|\n+/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => /\p{L}{2}/u.test(sentence));
}

/** The contents of the fenced code blocks. */
export function codeBlocksOf(text: string): { language: string; code: string }[] {
  return [...text.matchAll(/```([\w+-]*)[^\n]*\n([\s\S]*?)```/g)].map((match) => ({
    language: match[1] ?? '',
    code: match[2] ?? '',
  }));
}

/** First letter upper case, the rest untouched. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
