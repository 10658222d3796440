import { knownFor } from './array-value.ts';
import type { JsonValue } from './json-value.ts';
import type { Place } from './place.ts';
import type { Source } from './source.ts';

/** Words for the same degree, from worst to best, so that any scale of severities can be met. */
const DEGREES: readonly (readonly string[])[] = [
  [
    'critical',
    'blocker',
    'fatal',
    'urgent',
    'p0',
    'request_changes',
    'reject',
    'changes_requested',
  ],
  ['high', 'major', 'error', 'serious', 'p1'],
  ['medium', 'moderate', 'warning', 'warn', 'p2', 'comment', 'approve_with_comments'],
  ['low', 'minor', 'suggestion', 'p3'],
  ['info', 'nit', 'note', 'trivial', 'style', 'none', 'approve', 'approved', 'p4'],
];

/** Picks from an enum what the input supports; without a hint, a choice that the seed decides. */
export function chooseFixed(values: readonly JsonValue[], source: Source, place: Place): JsonValue {
  const hint = knownFor(place.name, place.known) ?? source.facts.labels.get(place.name);
  const wanted = hint === undefined ? undefined : String(hint).toLowerCase();
  const exact = values.find((value) => String(value).toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const byDegree = wanted === undefined ? undefined : nearestDegree(values, wanted);
  if (byDegree !== undefined) return byDegree;
  const text = source.text.toLowerCase();
  const mentioned = values.find(
    (value) => typeof value === 'string' && value.length > 2 && mentions(text, value),
  );
  if (mentioned !== undefined && wanted === undefined) return mentioned;
  return (
    values[(Math.floor(source.writer.random() * values.length) + place.index) % values.length] ??
    null
  );
}

function nearestDegree(values: readonly JsonValue[], wanted: string): JsonValue | undefined {
  const target = degreeOf(wanted);
  if (target === undefined) return undefined;
  return values
    .map((value) => ({ value, degree: degreeOf(String(value).toLowerCase()) }))
    .filter((one): one is { value: JsonValue; degree: number } => one.degree !== undefined)
    .sort((a, b) => Math.abs(a.degree - target) - Math.abs(b.degree - target))[0]?.value;
}

function degreeOf(word: string): number | undefined {
  const degree = DEGREES.findIndex((words) => words.includes(word.replaceAll(/[- ]/g, '_')));
  return degree < 0 ? undefined : degree;
}

function mentions(text: string, value: string): boolean {
  const words = value
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return words !== '' && ` ${text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${words} `);
}
