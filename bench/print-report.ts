import type { Report, Table } from './benchmark.ts';

/** A report as lines of plain text. */
export function printReport(title: string, { tables, thresholds }: Report): string {
  return [
    `\n━━ ${title} ${'━'.repeat(Math.max(0, 76 - title.length))}`,
    ...tables.map(printTable),
    '',
    ...thresholds.map(
      ({ what, wanted, seen, met }) =>
        `   ${met ? '✓ met   ' : '✗ missed'} ${what}: wanted ${wanted}, saw ${seen}`,
    ),
  ].join('\n');
}

function printTable({ title, head, rows }: Table): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  // Names on the left, numbers on the right.
  const line = (cells: string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [`\n   ${title}`, line(head), rule, ...rows.map(line)].join('\n   ');
}
