export type DiffLine = { number: number | null; sign: '+' | '-' | ' '; text: string };
export type DiffExcerpt = { lines: DiffLine[] /** Index of the line in question. */; at: number };

const hunkHeader = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;
const contextLines = 2;

/** Lines of a unified diff by file; removed lines have no number of their own. */
export function linesByFile(diff: string): Map<string, DiffLine[]> {
  const files = new Map<string, DiffLine[]>();
  let current: DiffLine[] | undefined;
  let next: number | undefined;
  const lines = diff.split('\n');
  for (const [index, line] of lines.entries()) {
    // Inside a hunk a removed line may start with "-- "; a file header comes in a pair.
    if (line.startsWith('--- ') && lines[index + 1]?.startsWith('+++ ')) {
      next = undefined;
    } else if (line.startsWith('+++ ') && next === undefined) {
      const name = line.slice(4).split('\t')[0]?.trim().replace(/^b\//, '') ?? '';
      current = files.get(name) ?? [];
      files.set(name, current);
    } else if (hunkHeader.test(line)) {
      next = Number(hunkHeader.exec(line)?.[1]);
    } else if (line.startsWith('diff --git ')) {
      next = undefined;
    } else if (next !== undefined && current) {
      const sign = line.charAt(0);
      if (sign === '-') current.push({ number: null, sign, text: line.slice(1) });
      else if (sign === '+' || sign === ' ')
        current.push({ number: next++, sign, text: line.slice(1) });
    }
  }
  return files;
}

/** A line of the changed file with its neighbours; undefined when the diff doesn't show that line. */
export function excerptAt(
  files: Map<string, DiffLine[]>,
  file: string,
  line: number,
): DiffExcerpt | undefined {
  const lines = files.get(file) ?? files.get(file.replace(/^b\//, ''));
  const at = lines?.findIndex(({ number }) => number === line) ?? -1;
  if (!lines || at < 0) return undefined;
  const from = Math.max(0, at - contextLines);
  return { lines: lines.slice(from, at + contextLines + 1), at: at - from };
}
