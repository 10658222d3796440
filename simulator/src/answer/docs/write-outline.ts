import { fileNameOf } from './file-name.ts';
import { HEADING_BY_KIND } from './headings.ts';
import { parseSource } from './parse-source.ts';

/** The sections that documentation of a source will have, and the names each will cover. */
export function writeOutline(source: string): string {
  const symbols = parseSource(source);
  const sections = HEADING_BY_KIND.flatMap(([kind, heading]) => {
    const names = symbols.filter((symbol) => symbol.kind === kind).map(({ name }) => `\`${name}\``);
    return names.length === 0 ? [] : [`**${heading}**: ${names.join(', ')}`];
  });
  const parts = [
    '**Overview**: what the module is for, and its names at a glance',
    ...sections,
    '**Example**: one call that would run',
  ];
  return `Outline for \`${fileNameOf(source) ?? 'the module'}\`\n\n${parts.map((part, at) => `${at + 1}. ${part}`).join('\n')}`;
}
