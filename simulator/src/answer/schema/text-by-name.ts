import { CHECKS, METHODS, OPENINGS, PITFALLS, REASONS } from '../prose/sentence-bank.ts';
import { capitalize, sentencesOf } from '../text/split-text.ts';
import { summarize } from '../text/summarize.ts';
import type { Schema } from './json-schema.ts';
import type { Place } from './place.ts';
import type { Source } from './source.ts';

/** What the input itself says under a property's name. Undefined when it says nothing. */
export function foundText(source: Source, { name, parent, index }: Place): string | undefined {
  const { facts } = source;
  const full = `${parent} ${name}`.trim();
  const labelled = facts.labels.get(full) ?? facts.labels.get(name);
  if (labelled !== undefined) return labelled;
  if (/\be ?mail\b/.test(name)) return facts.emails[index];
  if (/\b(?:url|link|website|homepage|uri)\b/.test(name)) return facts.urls[index];
  if (/\b(?:phone|tel|telephone|mobile|fax)\b/.test(name)) return facts.phones[index];
  if (/\b(?:date|deadline|due|issued|day)\b/.test(name)) {
    return facts.dates[index + (/\bdue|deadline\b/.test(name) && facts.dates.length > 1 ? 1 : 0)];
  }
  if (/\bcurrency\b/.test(name)) return facts.currency;
  if (/\b(?:id|number|reference|code|sku)\b/.test(name)) return facts.ids[index];
  if (/\b(?:company|vendor|supplier|seller|organi[sz]ation|employer|merchant)\b/.test(full)) {
    return facts.companies[index] ?? partial(name, facts.labels);
  }
  if (
    /\b(?:person|customer|client|author|contact|buyer|recipient|owner|assignee|full name|first name|last name)\b/.test(
      full,
    )
  ) {
    const person = facts.names[index];
    if (person === undefined || name === 'first name') return person?.split(' ')[0];
    return name === 'last name' ? person.split(' ').at(-1) : person;
  }
  return partial(name, facts.labels);
}

/** Text written for a property; `isGuess` when its name gave no idea what to write. */
export function writtenText(
  schema: Schema,
  source: Source,
  { name, index }: Place,
): { text: string; isGuess: boolean } {
  const { writer } = source;
  const phrase = writer.phrase(index);
  const says = (text: string) => ({ text, isGuess: false });
  const first = summarize(source.text, 3)[0] ?? sentencesOf(source.text)[0] ?? writer.topic;
  if (/\bslug\b/.test(name)) return says(slugOf(writer.topic));
  if (/\bmeta description\b/.test(name)) return says(metaDescription(source));
  if (/\b(?:keyphrase|primary keyword|focus)\b/.test(name)) return says(writer.topic.toLowerCase());
  if (/\b(?:keywords?|tags?|topics?|phrases?|entities|terms?|labels?)\b/.test(name))
    return says(phrase);
  if (/\bquestions?\b/.test(name)) return says(writer.sentences(CHECKS, index, 1).join(' '));
  if (/\b(?:title|headline|subject|h1)\b/.test(name)) return says(titleOf(source, index));
  if (/\b(?:heading|section|chapter|h2|h3)\b/.test(name))
    return says(capitalize(`how ${phrase} works in practice`));
  if (/\b(?:summary|abstract|overview|tldr|description|brief)\b/.test(name)) {
    return says(
      index > 0 ? writer.paragraph([REASONS], index) : summarize(source.text, 3).join(' ') || first,
    );
  }
  if (
    /\b(?:body|content|article|markdown|text|paragraphs?|answer|html|draft|introduction|conclusion|intro)\b/.test(
      name,
    )
  ) {
    return says(longText(source, index, name));
  }
  if (
    /\b(?:why|reason|rationale|explanation|impact|intent|angle|audience|note|notes|comment)\b/.test(
      name,
    )
  ) {
    return says(writer.paragraph([REASONS, PITFALLS], index));
  }
  if (
    /\b(?:suggestions?|recommendations?|fix|action|actions|step|steps|next|points?|bullets?|advice|tips?)\b/.test(
      name,
    )
  ) {
    return says(writer.sentences(METHODS, index, 1).join(' '));
  }
  if (/\b(?:quotes?|evidence|excerpt|sentence|highlights?)\b/.test(name)) {
    return says(summarize(source.text, index + 1)[index] ?? first);
  }
  if (/\b(?:language|lang|locale)\b/.test(name)) return says('en');
  if (/\bcountry\b/.test(name)) return { text: 'Unknown', isGuess: true };
  if (/\bname\b/.test(name)) return { text: capitalize(phrase), isGuess: true };
  const described = typeof schema.description === 'string' && schema.description.length > 60;
  return described
    ? says(writer.paragraph([REASONS], index))
    : { text: capitalize(phrase), isGuess: true };
}

function longText(source: Source, index: number, name: string): string {
  const { writer } = source;
  const paragraphs = [
    writer.paragraph(
      index === 0 ? [OPENINGS, REASONS, METHODS] : [REASONS, REASONS, METHODS],
      index,
    ),
    writer.paragraph([METHODS, PITFALLS, METHODS], index),
    writer
      .sentences(METHODS, index, 3)
      .map((one) => `- ${one}`)
      .join('\n'),
    writer.paragraph([PITFALLS, REASONS], index),
  ];
  const html = name.includes('html');
  const isShort = /\b(?:introduction|conclusion|intro|answer|paragraph)\b/.test(name);
  const chosen = isShort ? paragraphs.slice(0, 2) : paragraphs;
  return html ? chosen.map((one) => `<p>${one}</p>`).join('\n') : chosen.join('\n\n');
}

function titleOf({ writer }: Source, index: number): string {
  const topic = capitalize(writer.topic);
  const titles = [
    `${topic}: a practical guide`,
    `What to know about ${writer.topic}`,
    `${topic}, step by step`,
  ];
  return index === 0 ? (titles[0] ?? topic) : capitalize(writer.phrase(index));
}

/** Between 121 and 156 characters, which search engines show in full. */
function metaDescription({ writer }: Source): string {
  const topic = capitalize(writer.topic).slice(0, 60).trim();
  const base = `${topic}: what matters, how to start, and which mistakes to avoid.`;
  const additions = [
    ' With clear steps and honest checks.',
    ' Steps you can use today.',
    ' Short answers included.',
    ' Read on.',
  ];
  return additions.reduce(
    (text, addition) => (text.length + addition.length <= 156 ? text + addition : text),
    base,
  );
}

function slugOf(topic: string): string {
  return (
    topic
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'untitled'
  );
}

function partial(name: string, labels: ReadonlyMap<string, string>): string | undefined {
  const words = name.split(' ').filter((word) => word.length > 2);
  if (words.length === 0) return undefined;
  for (const [label, value] of labels) {
    const own = label.split(' ');
    if (own.length <= 4 && words.every((word) => own.includes(word))) return value;
  }
  return undefined;
}
