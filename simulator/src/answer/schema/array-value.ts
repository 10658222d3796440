import { normalizeName } from '../text/facts.ts';
import { fixedValues, limitOf, propertiesOf, type Schema, typesOf } from './json-schema.ts';
import type { KnownValues, Source } from './source.ts';

const DEFAULT_OBJECTS = 3;
const DEFAULT_STRINGS = 5;
const MAX_ITEMS = 200;

/**
 * The list from the input that an array of such items should hold: the first one that knows at
 * least half of the item's properties. Undefined when the input has no such list.
 */
export function chooseList(item: Schema, source: Source): readonly KnownValues[] | undefined {
  const names = Object.keys(propertiesOf(item)).map(normalizeName);
  if (names.length === 0) return undefined;
  return source.lists.find((list) => {
    const first = list[0];
    if (first === undefined) return false;
    const hits = names.filter((name) => knownFor(name, first) !== undefined);
    return hits.length * 2 >= names.length;
  });
}

/** How many items to make: as many as the input lists, within the schema's limits. */
export function arrayLength(
  schema: Schema,
  item: Schema,
  listed: number | undefined,
  source: Source,
): number {
  const isObject = typesOf(item).includes('object');
  const choices = fixedValues(item)?.length;
  const phrases = Math.max(1, Math.min(DEFAULT_STRINGS, source.writer.phrases.length));
  const natural = listed ?? (isObject ? DEFAULT_OBJECTS : Math.min(choices ?? phrases, phrases));
  const most = Math.min(limitOf(schema, 'maxItems') ?? MAX_ITEMS, MAX_ITEMS);
  return Math.max(limitOf(schema, 'minItems') ?? 0, Math.min(natural, most));
}

/** A known value by name: the same name, or one that shares its last word. */
export function knownFor(name: string, known: KnownValues): string | number | boolean | undefined {
  const exact = known.get(name);
  if (exact !== undefined) return exact;
  const words = name.split(' ');
  for (const [label, value] of known) {
    const labelWords = label.split(' ');
    if (words.every((word) => labelWords.includes(word))) return value;
    if (labelWords.every((word) => words.includes(word))) return value;
  }
  return undefined;
}
