import { normalizeName } from '../text/facts.ts';
import { arrayLength, chooseList } from './array-value.ts';
import { chooseFixed } from './choose-fixed.ts';
import { fixedValues, propertiesOf, resolve, type Schema, typesOf } from './json-schema.ts';
import type { JsonValue } from './json-value.ts';
import { booleanValue, numberValue } from './number-value.ts';
import type { Place } from './place.ts';
import type { Source } from './source.ts';
import { stringValue } from './string-value.ts';

/** Deeper than this only what is required is filled, so that recursive schemas end. */
const MAX_DEPTH = 6;

/** JSON that satisfies a schema, filled with what the source says. */
export function generateJson(schema: Schema, source: Source): JsonValue {
  const place = { name: '', parent: '', index: 0, depth: 0, known: source.overall };
  return valueFor(schema, schema, source, place);
}

function valueFor(node: unknown, root: Schema, source: Source, place: Place): JsonValue {
  const schema = resolve(node, root);
  const fixed = fixedValues(schema);
  if (fixed !== undefined && fixed.length > 0) return chooseFixed(fixed, source, place);
  const variants = [schema.anyOf, schema.oneOf].find(Array.isArray);
  if (variants !== undefined) return variantFor(variants, schema, root, source, place);
  const types = typesOf(schema);
  const main = types.find((type) => type !== 'null') ?? types[0] ?? 'string';
  const isNullable = types.includes('null');
  switch (main) {
    case 'object':
      return place.depth > MAX_DEPTH && isNullable ? null : objectFor(schema, root, source, place);
    case 'array':
      return arrayFor(schema, root, source, place);
    case 'integer':
    case 'number':
      return numberValue(schema, main === 'integer', source, place) ?? (isNullable ? null : 0);
    case 'boolean':
      return booleanValue(source, place);
    case 'null':
      return null;
    default:
      return stringValue(schema, source, place, isNullable);
  }
}

/** The first variant that is not null; null itself only where nothing is known or at the bottom. */
function variantFor(
  variants: readonly unknown[],
  schema: Schema,
  root: Schema,
  source: Source,
  place: Place,
): JsonValue {
  const { anyOf: _anyOf, oneOf: _oneOf, ...shared } = schema;
  const resolved = variants.map((variant) => resolve({ allOf: [variant, shared] }, root));
  const isNull = (variant: Schema) => typesOf(variant)[0] === 'null';
  const nullable = resolved.some(isNull);
  const real = resolved.filter((variant) => !isNull(variant));
  const chosen = real[place.index % Math.max(1, real.length)];
  if (chosen === undefined || (nullable && place.depth > MAX_DEPTH)) return null;
  const types = typesOf(chosen);
  const widened = nullable && types.length === 1 ? { ...chosen, type: [...types, 'null'] } : chosen;
  return valueFor(fixedValues(chosen) === undefined ? widened : chosen, root, source, place);
}

function objectFor(schema: Schema, root: Schema, source: Source, place: Place): JsonValue {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const value: { [name: string]: JsonValue } = {};
  for (const [name, child] of Object.entries(propertiesOf(schema))) {
    if (place.depth >= MAX_DEPTH && !required.has(name)) continue;
    value[name] = valueFor(child, root, source, {
      ...place,
      name: normalizeName(name),
      parent: place.name,
      depth: place.depth + 1,
    });
  }
  return value;
}

function arrayFor(schema: Schema, root: Schema, source: Source, place: Place): JsonValue {
  const item = resolve(schema.items, root);
  const list = chooseList(item, source);
  const length = place.depth > MAX_DEPTH ? 0 : list?.length;
  const depth = place.depth + 1;
  const values = Array.from({ length: arrayLength(schema, item, length, source) }, (_, index) =>
    valueFor(item, root, source, {
      ...place,
      index,
      depth,
      known: list?.[index] ?? new Map(),
    }),
  );
  if (schema.uniqueItems !== true) return values;
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}
