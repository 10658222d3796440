/** Deeper than any input of ours; what is nested further is refused before it can exhaust the stack. */
const deepest = 64;

/**
 * Where a value holds text that PostgreSQL can't store (a NUL character, half of a surrogate pair) or is nested too
 * deeply; undefined when it can be stored. Names of fields count too.
 */
export function findUnstorable(value: unknown, path: string[] = []): string[] | undefined {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed() ? path : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  if (path.length >= deepest) return path.slice(0, 4);
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes('\0') || !name.isWellFormed()) return path;
    const found = findUnstorable(inner, [...path, name]);
    if (found) return found;
  }
  return undefined;
}
