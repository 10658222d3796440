export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'context';
  readonly text: string;
  /** The line's number in the new file; for a removed line, where it would have stood. */
  readonly line: number;
}

export interface DiffFile {
  readonly path: string;
  readonly isDeleted: boolean;
  readonly lines: readonly DiffLine[];
}

/** Whether a text contains a unified diff. */
export function containsDiff(text: string): boolean {
  return /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/m.test(text) && /^\+\+\+ /m.test(text);
}

/**
 * Reads a unified diff: files, hunks and new line numbers. Text around it is skipped; hunk
 * lengths decide where a hunk ends, so that prose after it is not taken for context.
 */
export function parseDiff(text: string): DiffFile[] {
  const files: { path: string; isDeleted: boolean; lines: DiffLine[] }[] = [];
  let oldPath = '';
  let line = 0;
  let oldLeft = 0;
  let newLeft = 0;
  for (const raw of text.split('\n')) {
    if (oldLeft <= 0 && newLeft <= 0) {
      if (raw.startsWith('--- ')) oldPath = pathOf(raw);
      else if (raw.startsWith('+++ ')) {
        const isDeleted = /^\+\+\+ \/dev\/null/.test(raw);
        files.push({ path: isDeleted ? oldPath : pathOf(raw), isDeleted, lines: [] });
      }
      const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(raw);
      if (hunk === null) continue;
      oldLeft = Number(hunk[1] ?? 1);
      line = Number(hunk[2]);
      newLeft = Number(hunk[3] ?? 1);
      continue;
    }
    const lines = files.at(-1)?.lines;
    if (lines === undefined || raw.startsWith('\\')) continue;
    const content = raw.slice(1);
    if (raw.startsWith('+')) {
      lines.push({ kind: 'added', text: content, line });
      line += 1;
      newLeft -= 1;
    } else if (raw.startsWith('-')) {
      lines.push({ kind: 'removed', text: content, line });
      oldLeft -= 1;
    } else {
      lines.push({ kind: 'context', text: content, line });
      line += 1;
      oldLeft -= 1;
      newLeft -= 1;
    }
  }
  return files;
}

function pathOf(header: string): string {
  return (
    header
      .slice(4)
      .split('\t')[0]
      ?.trim()
      .replace(/^[ab]\//, '') ?? ''
  );
}
