import type { JsonValue } from './json-value.ts';

/** A JSON Schema node; every keyword is unchecked until it is read. */
export type Schema = Readonly<Record<string, unknown>>;

/** The node as a schema; anything that is not an object says nothing. */
export function asSchema(node: unknown): Schema {
  return typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as Schema) : {};
}

/** Follows `$ref` within the document and folds `allOf` into one node. */
export function resolve(node: unknown, root: Schema, depth = 0): Schema {
  const schema = asSchema(node);
  if (depth > 20) return schema;
  const { $ref: ref, allOf, ...own } = schema;
  if (typeof ref === 'string') {
    return merge(resolve(followPointer(ref, root), root, depth + 1), own);
  }
  if (!Array.isArray(allOf)) return schema;
  return allOf.reduce<Schema>((all, part) => merge(all, resolve(part, root, depth + 1)), own);
}

/** A numeric limit: the keyword itself, or what the SDK moved into the description. */
export function limitOf(schema: Schema, keyword: string): number | undefined {
  if (typeof schema[keyword] === 'number') return schema[keyword];
  const moved = new RegExp(`\\b${keyword}: (-?\\d+(?:\\.\\d+)?)`).exec(movedKeywords(schema))?.[1];
  return moved === undefined ? undefined : Number(moved);
}

/** The pattern keyword, likewise. */
export function patternOf(schema: Schema): string | undefined {
  if (typeof schema.pattern === 'string') return schema.pattern;
  const moved = /\bpattern: ("(?:[^"\\]|\\.)*")/.exec(movedKeywords(schema))?.[1];
  return moved === undefined ? undefined : String(JSON.parse(moved));
}

/**
 * The SDK moves keywords that structured output does not support to the end of the description,
 * as `{minimum: 1, pattern: "…"}`; a model reads them there, and so do we.
 */
function movedKeywords(schema: Schema): string {
  const text = typeof schema.description === 'string' ? schema.description : '';
  return /(?:^|\n\n)(\{\w+: .*\})$/s.exec(text)?.[1] ?? '';
}

/** The types a node allows, `null` included; inferred where the keyword is missing. */
export function typesOf(schema: Schema): string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((one): one is string => typeof one === 'string');
  if (schema.properties !== undefined) return ['object'];
  if (schema.items !== undefined) return ['array'];
  return [];
}

/** The properties of an object node. */
export function propertiesOf(schema: Schema): Record<string, unknown> {
  return { ...asSchema(schema.properties) };
}

/** The fixed values of a node, if it has any. */
export function fixedValues(schema: Schema): readonly JsonValue[] | undefined {
  if ('const' in schema) return [schema.const as JsonValue];
  return Array.isArray(schema.enum) ? (schema.enum as JsonValue[]) : undefined;
}

function merge(left: Schema, right: Schema): Schema {
  const required = [left.required, right.required].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return {
    ...left,
    ...right,
    ...(left.properties === undefined && right.properties === undefined
      ? {}
      : { properties: { ...propertiesOf(left), ...propertiesOf(right) } }),
    ...(required.length === 0 ? {} : { required }),
  };
}

function followPointer(ref: string, root: Schema): unknown {
  if (ref === '#') return root;
  return ref
    .replace(/^#\//, '')
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, part) => asSchema(node)[part], root);
}
