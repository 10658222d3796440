const MAX_LINES = 24;

/** The declaration that begins at a line (counted from 1), whole unless it is long. */
export function blockAt(source: string, line: number): string {
  const lines = source.split('\n').slice(line - 1);
  const block: string[] = [];
  let depth = 0;
  for (const text of lines.slice(0, MAX_LINES)) {
    block.push(text);
    for (const sign of text) depth += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0;
    if (depth <= 0 && /[;})\]]\s*$/.test(text)) return block.join('\n');
  }
  return depth > 0 && lines.length > MAX_LINES ? `${block.join('\n')}\n// …` : block.join('\n');
}
