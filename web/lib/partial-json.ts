/**
 * The value of a JSON text that is still being written: open strings, arrays and objects are closed where the text
 * stops, and a member without a value is left out. Undefined when nothing of it can be read yet.
 */
export function parsePartialJson(text: string): unknown {
  const closers: string[] = [];
  let inString = false;
  /** Where the text could stop, with what would have to be closed there. */
  let safe: { end: number; closers: string } | undefined;
  const markSafe = (end: number) => {
    safe = { end, closers: [...closers].reverse().join('') };
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      closers.push(character === '{' ? '}' : ']');
      markSafe(index + 1);
    } else if (character === '}' || character === ']') {
      closers.pop();
      markSafe(index + 1);
    } else if (character === ',') {
      markSafe(index);
    }
  }
  const open = [...closers].reverse().join('');
  const candidates = [text + (inString ? '"' : '') + open];
  if (safe) candidates.push(text.slice(0, safe.end) + safe.closers);
  for (const candidate of candidates) {
    try {
      return JSON.parse(candidate);
    } catch {
      // Cut in the middle of a name, a number or an escape: the next candidate ends earlier.
    }
  }
  return undefined;
}
