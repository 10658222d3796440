import fc from 'fast-check';
import type { Document, Schema } from './operations.ts';

const deepest = 5;
const longestList = 4;
/** Longer texts would make slow cases of what a few characters show; size limits have their own tests. */
const longestText = 60;

/** Values that fit a schema. What it does not say is left to chance. */
export function fromSchema(
  schema: Schema,
  components: Document['components'],
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (part: Schema) => fromSchema(part, components, depth + 1);
  if (depth > deepest) return fc.constant(null);
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return inner(components.schemas[name] ?? {});
  }
  if (schema.examples?.length) {
    // What the document shows is right in ways that its types can't say.
    const { examples, ...rest } = schema;
    return fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...examples) }, inner(rest));
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map(inner));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => inner({ ...schema, type })));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, inner);
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 99, longestList)),
      });
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? -1000, -0x80000000),
        max: Math.min(schema.maximum ?? 100_000, 0x7fffffff),
      });
    case 'number':
      return fc.double({
        min: schema.minimum ?? -1e9,
        max: schema.maximum ?? 1e9,
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(
  schema: Schema,
  inner: (part: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length > 0)
    return fc.record(Object.fromEntries(properties.map(([name, part]) => [name, inner(part)])), {
      requiredKeys: schema.required ?? [],
    });
  const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return fc.dictionary(fc.string({ maxLength: 12 }), inner(rest), { maxKeys: 3 });
}

const word = fc.stringMatching(/^[a-z]{1,12}$/);

function textOf({ format, pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  if (format === 'email')
    return fc.tuple(word, word).map(([name, host]) => `${name}@${host}.example`);
  if (format === 'uri') return fc.webUrl({ validSchemes: ['https'] });
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  return fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, longestText)),
  });
}
