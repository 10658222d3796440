import { numberOf } from '../text/facts.ts';
import { knownFor } from './array-value.ts';
import { limitOf, type Schema, typesOf } from './json-schema.ts';
import type { Place } from './place.ts';
import type { Source } from './source.ts';

/**
 * A number within the schema's limits: a labelled value, an amount of money, or by the name a
 * plausible one. Undefined when the schema allows null and the input says nothing.
 */
export function numberValue(
  schema: Schema,
  isInteger: boolean,
  source: Source,
  place: Place,
): number | undefined {
  const found = foundNumber(source, place);
  if (found === undefined && typesOf(schema).includes('null')) return undefined;
  return withinLimits(found ?? plausible(place, source), schema, isInteger);
}

/** True or false by a label, a known value, or whether the text speaks of the thing at all. */
export function booleanValue(source: Source, place: Place): boolean {
  const hint = knownFor(place.name, place.known) ?? source.facts.labels.get(place.name);
  if (hint !== undefined) return /^(?:true|yes|y|ja|oui|1|x|paid|on)\b/i.test(String(hint));
  const words = place.name.replace(/^(?:is|has|was|needs|can) /, '').split(' ');
  const text = source.text.toLowerCase();
  return words.every((word) => text.includes(word));
}

function foundNumber(source: Source, { name, known, index }: Place): number | undefined {
  const hint = knownFor(name, known) ?? source.facts.labels.get(name);
  const direct = hint === undefined ? Number.NaN : numberOf(String(hint));
  if (Number.isFinite(direct)) return direct;
  const { amounts } = source.facts;
  if (/\b(?:total|amount|sum|due|balance|grand)\b/.test(name) && amounts.length > 0) {
    return Math.max(...amounts);
  }
  if (/\b(?:price|cost|rate|fee|value|net|tax|vat)\b/.test(name)) return amounts[index];
  if (/\byear\b/.test(name)) {
    const year = source.facts.dates[index]?.slice(0, 4);
    return year === undefined ? undefined : Number(year);
  }
  const near = new RegExp(
    `(?<![\\d.,])(\\d[\\d.,]{0,18})\\s+(?:\\w{1,30}\\s+)?${escapePattern(name)}|${escapePattern(name)}\\W+(?:\\w+\\W+){0,2}(\\d[\\d.,]*)`,
    'i',
  );
  const hit = name === '' ? null : near.exec(source.text);
  const value = hit === null ? Number.NaN : numberOf(hit[1] ?? hit[2] ?? '');
  return Number.isFinite(value) ? value : undefined;
}

function plausible({ name, index }: Place, source: Source): number {
  const { random } = source.writer;
  if (/\b(?:confidence|probability|ratio)\b/.test(name))
    return Math.round(60 + random() * 35) / 100;
  if (/\b(?:score|rating|percent|percentage|coverage)\b/.test(name))
    return Math.round(62 + random() * 30);
  if (/\b(?:line|position|order|rank|index|step|number)\b/.test(name)) return index + 1;
  if (/\b(?:words?|length)\b/.test(name)) return 200 + Math.round(random() * 16) * 50;
  if (/\b(?:year)\b/.test(name)) return 2026;
  return 1 + Math.floor(random() * 9);
}

function withinLimits(value: number, schema: Schema, isInteger: boolean): number {
  const step = limitOf(schema, 'multipleOf') ?? (isInteger ? 1 : undefined);
  const tiny = step ?? 0.01;
  const above = limitOf(schema, 'exclusiveMinimum');
  const below = limitOf(schema, 'exclusiveMaximum');
  const least = limitOf(schema, 'minimum') ?? (above === undefined ? -Infinity : above + tiny);
  const most = limitOf(schema, 'maximum') ?? (below === undefined ? Infinity : below - tiny);
  const clamped = Math.min(Math.max(value, least), most);
  if (step === undefined) return clamped;
  const rounded = Math.round(clamped / step) * step;
  if (rounded < least) return Math.ceil(least / step) * step;
  return rounded > most ? Math.floor(most / step) * step : rounded;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
