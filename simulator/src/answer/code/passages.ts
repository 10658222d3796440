/** A comment of the source with the code it stands above. */
export interface Passage {
  /** Line of the code, counted from 1. */
  readonly line: number;
  readonly comment: string;
  readonly code: readonly string[];
}

const COMMENT = /^\s*(?:\/\/|\/\*|\*(?:\s|\/|$)|#(?![!\w])|--\s)/;
const SIGNS = /^\s*(?:\/\/+|\/\*\*?|\*\/|\*|#+|--)\s?|\s*\*\/\s*$/g;
/** In SQL a comment may be a statement. */
const COMMENT_ON = /^comment on (.+?) is '((?:[^']|'')+)';?\s*$/i;
const MAX_CODE_LINES = 4;
const MIN_COMMENT_WORDS = 4;

/** The comments that say something, in order, each with the lines below it. */
export function passagesOf(source: string): Passage[] {
  const lines = source.split('\n');
  const passages: Passage[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, subject, told] = COMMENT_ON.exec(lines[at] ?? '') ?? [];
    if (subject !== undefined && told !== undefined)
      passages.push({ line: at + 1, comment: told.replaceAll("''", "'"), code: [subject] });
    const from = at;
    while (at < lines.length && COMMENT.test(lines[at] ?? '')) at += 1;
    if (at === from) continue;
    const comment = lines
      .slice(from, at)
      .map((line) => line.replace(SIGNS, '').trim())
      .filter((line) => line !== '' && !line.startsWith('@'))
      .join(' ');
    if (comment.split(' ').length >= MIN_COMMENT_WORDS)
      passages.push({ line: at + 1, comment, code: codeAt(lines, at) });
  }
  return passages;
}

/** The statement that begins at a line: until it closes, or the block it opens begins. */
function codeAt(lines: readonly string[], at: number): string[] {
  const code: string[] = [];
  let depth = 0;
  for (const line of lines.slice(at, at + MAX_CODE_LINES)) {
    if (line.trim() === '' || (code.length > 0 && COMMENT.test(line))) break;
    code.push(line);
    for (const sign of line) depth += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0;
    if (depth <= 0 || /\{\s*$/.test(line)) break;
  }
  return dedent(code);
}

export function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const cut = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(cut));
}
