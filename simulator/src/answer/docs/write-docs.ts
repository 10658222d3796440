import { blockAt } from './block-at.ts';
import { fileNameOf } from './file-name.ts';
import { HEADING_BY_KIND } from './headings.ts';
import { parseSource, type SourceSymbol } from './parse-source.ts';

/** Reference documentation in markdown for the source found in a text. */
export function writeDocs(source: string): string {
  const symbols = parseSource(source);
  const path = fileNameOf(source);
  const language = path?.split('.').at(-1) ?? '';
  const sections = HEADING_BY_KIND.flatMap(([kind, heading]) => {
    const group = symbols.filter((symbol) => symbol.kind === kind);
    const texts = group.map((symbol) => symbolSection(source, symbol, language));
    return group.length === 0 ? [] : [`## ${heading}\n\n${texts.join('\n\n')}`];
  });
  return [
    `# ${path === undefined ? 'Module reference' : `\`${path}\``}`,
    overview(path === undefined ? 'This module' : `\`${path.split('/').at(-1)}\``, symbols),
    ...sections,
    usage(source, symbols, language),
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
    `## Overview\n\n${name} declares ${counts.join(', ')}. ${documented} of ${symbols.length} carry a comment in the source.`,
    `| Name | Kind | Purpose |\n|---|---|---|\n${rows.join('\n')}`,
  ].join('\n\n');
}

function symbolSection(source: string, symbol: SourceSymbol, language: string): string {
  const isData = ['interface', 'type', 'constant'].includes(symbol.kind);
  const code = isData ? blockAt(source, symbol.line) : symbol.signature;
  const parts = [`### \`${symbol.name}\``, describe(symbol), fence(code, language)];
  if (!isData && symbol.parameters.length > 0) {
    const rows = symbol.parameters.map((parameter) => {
      const [name = '', ...type] = parameter.split(':');
      return `- \`${name.trim()}\`${type.length > 0 ? `: \`${type.join(':').trim()}\`` : ''}`;
    });
    parts.push(`**Parameters**\n\n${rows.join('\n')}`);
  }
  if (!isData && symbol.returns !== '') parts.push(`**Returns** \`${symbol.returns}\``);
  return parts.join('\n\n');
}

/** The author's own words where there are some; otherwise what the name says. */
function describe(symbol: SourceSymbol): string {
  if (symbol.doc !== '') return symbol.doc;
  const words = symbol.name
    .replace(/^.*\./, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return `Undocumented in the source; its name says “${words}”.`;
}

function usage(source: string, symbols: readonly SourceSymbol[], language: string): string {
  const first = symbols.find((symbol) => symbol.kind === 'function' || symbol.kind === 'class');
  if (first === undefined) return '';
  const made = first.kind === 'class' ? constructorParameters(source, first) : first.parameters;
  const names = made.map((parameter) => parameter.split(/[:=?]/)[0]?.trim() ?? '');
  const isPattern = names.some((name) => /[{[]/.test(name));
  const passed = isPattern ? 'options' : names.join(', ');
  const call = `${first.kind === 'class' ? 'new ' : ''}${first.name}(${passed})`;
  const awaited = /Promise|async /.test(first.signature) ? 'await ' : '';
  return `## Example\n\n${fence(`const result = ${awaited}${call};`, language)}`;
}

function constructorParameters(source: string, { line }: SourceSymbol): string[] {
  const below = source.split('\n').slice(line).join('\n');
  const inside = /^\s+constructor\(([^)]*)\)/m.exec(below)?.[1] ?? '';
  return inside.split(',').filter((parameter) => parameter.trim() !== '');
}

function fence(code: string, language: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

function firstSentence(text: string): string {
  return (text.split(/(?<=[.!?])\s/)[0] ?? text).replaceAll('|', '\\|');
}
