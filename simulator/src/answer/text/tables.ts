/** One row of a table, by column heading. */
export type Row = Readonly<Record<string, string>>;

/** Rows of the tables in a text: markdown pipes, tabs, or commas and semicolons with a header. */
export function tableRowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let header: string[] | undefined;
  let separator: string | undefined;
  for (const line of text.split('\n')) {
    const cut = separator ?? separatorOf(line);
    const cells = cut === undefined ? [] : cellsOf(line, cut);
    if (cut === undefined || cells.length < 2 || (header && cells.length !== header.length)) {
      header = undefined;
      separator = undefined;
    } else if (header === undefined) {
      // Headings have no digits; a first line with amounts is data without a heading.
      if (cells.every((cell) => cell !== '' && cell.length < 40 && !/\d/.test(cell))) {
        header = cells;
        separator = cut;
      }
    } else if (!cells.every((cell) => /^:?-+:?$/.test(cell))) {
      rows.push(Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
    }
  }
  return rows;
}

function separatorOf(line: string): string | undefined {
  return ['|', '\t', ';', ','].find((sign) => line.split(sign).length > 2);
}

function cellsOf(line: string, separator: string): string[] {
  const inner = separator === '|' ? line.trim().replace(/^\||\|$/g, '') : line;
  return inner.split(separator).map((cell) => cell.trim());
}
