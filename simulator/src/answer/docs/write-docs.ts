import { capitalize } from '../text/split-text.ts';
import { parseSource, type SourceSymbol } from './parse-source.ts';

const HEADING_BY_KIND: readonly (readonly [SourceSymbol['kind'], string])[] = [
  ['class', 'Classes'],
  ['function', 'Functions'],
  ['interface', 'Interfaces'],
  ['type', 'Types'],
  ['constant', 'Constants'],
  ['method', 'Methods'],
];

/** Reference documentation in markdown for the source found in a text. */
export function writeDocs(source: string): string {
  const symbols = parseSource(source);
  const path = /^(?:#{1,3} |\/\/ |File: |\+\+\+ |path[:=] ?)`?([\w./-]+\.\w{1,4})`?/m.exec(
    source,
  )?.[1];
  const name = path?.split('/').at(-1) ?? 'this module';
  const sections = HEADING_BY_KIND.flatMap(([kind, heading]) => {
    const group = symbols.filter((symbol) => symbol.kind === kind);
    return group.length === 0 ? [] : [`## ${heading}\n\n${group.map(symbolSection).join('\n\n')}`];
  });
  return [
    `# ${path === undefined ? 'Module reference' : `\`${path}\``}`,
    overview(name, symbols),
    ...sections,
    usage(symbols),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function overview(name: string, symbols: readonly SourceSymbol[]): string {
  const counts = HEADING_BY_KIND.flatMap(([kind, heading]) => {
    const count = symbols.filter((symbol) => symbol.kind === kind).length;
    return count === 0 ? [] : [`${count} ${(count === 1 ? kind : heading).toLowerCase()}`];
  });
  const documented = symbols.filter((symbol) => symbol.doc !== '').length;
  const rows = symbols
    .filter((symbol) => symbol.kind !== 'method')
    .map(
      (symbol) => `| \`${symbol.name}\` | ${symbol.kind} | ${firstSentence(describe(symbol))} |`,
    );
  return [
    `## Overview\n\n${capitalize(name)} declares ${counts.join(', ')}. ${documented} of ${symbols.length} carry a comment in the source.`,
    `| Name | Kind | Purpose |\n|---|---|---|\n${rows.join('\n')}`,
  ].join('\n\n');
}

function symbolSection(symbol: SourceSymbol): string {
  const parts = [`### \`${symbol.name}\``, describe(symbol), `\`\`\`\n${symbol.signature}\n\`\`\``];
  if (symbol.parameters.length > 0) {
    const rows = symbol.parameters.map((parameter) => {
      const [name = '', ...type] = parameter.split(':');
      return `- \`${name.trim()}\`${type.length > 0 ? `: \`${type.join(':').trim()}\`` : ''}`;
    });
    parts.push(`**Parameters**\n\n${rows.join('\n')}`);
  }
  if (symbol.returns !== '') parts.push(`**Returns** \`${symbol.returns}\``);
  return parts.join('\n\n');
}

/** The author's own words where there are some; otherwise what the name says. */
function describe(symbol: SourceSymbol): string {
  if (symbol.doc !== '') return symbol.doc;
  const words = symbol.name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  const by = symbol.parameters.length > 0 ? ` Takes ${symbol.parameters.length} parameter(s).` : '';
  return `Undocumented in the source; its name says "${words}".${by}`;
}

function usage(symbols: readonly SourceSymbol[]): string {
  const first = symbols.find((symbol) => symbol.kind === 'function' || symbol.kind === 'class');
  if (first === undefined) return '';
  const names = first.parameters.map((parameter) => parameter.split(/[:=?]/)[0]?.trim() ?? '');
  const call = `${first.kind === 'class' ? 'new ' : ''}${first.name}(${names.join(', ')})`;
  const awaited = /Promise|async /.test(first.signature) ? 'await ' : '';
  return `## Example\n\n\`\`\`\nconst result = ${awaited}${call};\n\`\`\``;
}

function firstSentence(text: string): string {
  return (text.split(/(?<=[.!?])\s/)[0] ?? text).replaceAll('|', '\\|');
}
