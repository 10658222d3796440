import { parseSource, type SourceSymbol } from '../docs/parse-source.ts';
import { asksOf, headingOf } from '../prose/asks.ts';
import { relevance, wantedBy } from '../text/relevance.ts';
import { guardsOf, linesFor, neverMentioned, numberedBlock, passagesFor } from './evidence.ts';
import { type Passage, passagesOf } from './passages.ts';
import { stepsAt } from './steps.ts';

const SEQUENCE = /\border\b|\bsteps?\b|\bsequence\b|\btravels?\b|\bflows?\b|\bhow (?:do|is|are)/i;
const REFUSAL = /\bguarantee|\bensure|\bpromise|\binvariant|\bfail|\berrors?\b|\brefuse|\bprevent/i;
const MAX_NAMES = 8;

/** Answers a question about source code from its comments, names and lines. Returns parts, the main one first. */
export function answerFromSource(question: string, source: string): string[] {
  const symbols = parseSource(source);
  const main = mainSymbol(symbols, question);
  const asks = asksOf(question);
  // What the lead has quoted is not quoted again.
  let passages = passagesOf(source).filter(({ line }) => line !== main?.line);
  const sections = (asks.length > 0 ? asks : [question]).map((ask) => {
    const found = passagesFor(ask, passages);
    passages = passages.filter((passage) => !found.includes(passage));
    const heading = asks.length > 1 ? [`## ${headingOf(ask)}`] : [];
    return [...heading, ...evidence(ask, source, main, found)].join('\n\n');
  });
  return [lead(main, source), ...sections, namesPart(symbols, main), limitsPart(source)];
}

/** What the question is most likely about: a documented function or class that shares its words. */
function mainSymbol(symbols: readonly SourceSymbol[], question: string): SourceSymbol | undefined {
  const wanted = wantedBy(question);
  const weight = ({ kind, name, doc }: SourceSymbol) =>
    (kind === 'function' || kind === 'class' ? 1 : 0) +
    (doc === '' ? 0 : 0.5) +
    relevance(`${name} ${doc}`, wanted);
  return symbols
    .filter(({ kind }) => kind !== 'method')
    .toSorted((a, b) => weight(b) - weight(a) || a.line - b.line)[0];
}

function lead(main: SourceSymbol | undefined, source: string): string {
  const lines = source.trimEnd().split('\n').length;
  if (main === undefined) return `Here is what the ${lines} lines of the material say about it.`;
  const place = `**\`${main.name}\`** (line ${main.line} of ${lines}) is the heart of it.`;
  const says = main.doc === '' ? place : `${place} Its own comment says:\n\n> ${main.doc}`;
  return `${says}\n\n\`\`\`\n${main.signature}\n\`\`\``;
}

function evidence(
  ask: string,
  source: string,
  main: SourceSymbol | undefined,
  found: readonly Passage[],
): string[] {
  const parts = found.map(quote);
  if (main !== undefined && SEQUENCE.test(ask)) parts.unshift(stepsPart(source, main));
  const guards = REFUSAL.test(ask) ? guardsOf(source) : [];
  if (guards.length > 0) {
    const promise = main?.doc ? 'The comment above is the promise. ' : '';
    parts.push(`${promise}Where the code refuses to go on:\n\n${numberedBlock(guards)}`);
  }
  const filled = parts.filter((part) => part !== '');
  if (filled.length > 0) return filled;
  const lines = linesFor(ask, source);
  if (lines.length > 0) return [`The lines that come closest:\n\n${numberedBlock(lines)}`];
  const missing = neverMentioned(ask, source);
  const words = missing.length > 0 ? ` It never mentions ${missing.join(', ')}.` : '';
  return [`Beyond that, the material says nothing about this.${words}`];
}

function quote({ line, comment, code }: Passage): string {
  const text = `From line ${line}:\n\n> ${comment}`;
  return code.length === 0 ? text : `${text}\n\n\`\`\`\n${code.join('\n')}\n\`\`\``;
}

function stepsPart(source: string, main: SourceSymbol): string {
  const { steps, needs } = stepsAt(source, main.line);
  if (steps.length < 2) return '';
  const bonds = needs.map(
    ({ name, from, to }) => `- Line ${to} needs \`${name}\`, which line ${from} makes.`,
  );
  const order = bonds.length > 0 ? `\n\nWhat holds that order:\n\n${bonds.join('\n')}` : '';
  return `The steps of \`${main.name}\`, in the order of the source:\n\n${numberedBlock(steps)}${order}`;
}

function namesPart(symbols: readonly SourceSymbol[], main: SourceSymbol | undefined): string {
  const others = symbols.filter((symbol) => symbol !== main && symbol.doc !== '');
  if (others.length === 0) return '';
  const rows = others.slice(0, MAX_NAMES).map(({ name, doc }) => {
    const sentence = doc.split(/(?<=[.!?])\s/)[0] ?? doc;
    return `- \`${name}\`: ${sentence}`;
  });
  return `## What else it offers\n\n${rows.join('\n')}`;
}

function limitsPart(source: string): string {
  const files = source.matchAll(/^(?:import|from|\})[^\n]*?['"]?(\.{1,2}\/[\w./-]+)['"]?/gm);
  const names = [...new Set([...files].map((file) => `\`${file[1]}\``))].slice(0, 6);
  if (names.length === 0) return '';
  return `## What the material does not show\n\nIt leans on ${names.join(', ')}. What they promise is not in the text that was attached.`;
}
