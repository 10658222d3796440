type Read = { texts: Record<string, string> | undefined } | { problem: string };

/** Texts by name from lines of `name: value`; undefined when there is no line. */
export function readMetadata(typed: string): Read {
  const texts: Record<string, string> = {};
  for (const line of typed.split('\n').filter((one) => one.trim() !== '')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (colon < 0 || name === '') return { problem: `“${line.trim()}” is no name: value` };
    if (Object.hasOwn(texts, name)) return { problem: `${name} is there twice` };
    texts[name] = line.slice(colon + 1).trim();
  }
  return { texts: Object.keys(texts).length > 0 ? texts : undefined };
}
