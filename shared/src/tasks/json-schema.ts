import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const maximumSchemaBytes = 64 * 1024;
const options = { strict: false, validateFormats: false, allErrors: true, logger: false } as const;

/**
 * Knows only the standard and never stores a caller's schema. Shared, because compiling the standard itself takes 10 ms
 * of a process that others wait for.
 */
const standard = new Ajv2020(options);

/** Validators of the schemas used last: programs send the same few again and again, and compiling takes milliseconds. */
const compiled = new Map<string, ValidateFunction>();
const rememberedSchemas = 100;

/** Compiles a caller's schema. Throws when it is not a valid JSON Schema (draft 2020-12). */
export function compileSchema(schema: Record<string, unknown>): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = compiled.get(text);
  compiled.delete(text);
  const validator = known ?? compileAnew(schema);
  compiled.set(text, validator);
  const [oldest] = compiled.keys();
  if (compiled.size > rememberedSchemas && oldest !== undefined) compiled.delete(oldest);
  return validator;
}

function compileAnew(schema: Record<string, unknown>): ValidateFunction {
  standard.validateSchema(schema, true);
  // A fresh instance each time: schemas of different organisations must never see each other's $id.
  return new Ajv2020({ ...options, validateSchema: false }).compile(schema);
}

/** Why a caller's schema can't be used, as a sentence; undefined when it can. */
export function schemaProblem(schema: Record<string, unknown>): string | undefined {
  const text = JSON.stringify(schema);
  if (text.length > maximumSchemaBytes) return 'The schema is larger than 64 KB';
  // Ajv's own extension: a validator made of it answers with a promise, which would pass for "valid".
  if (text.includes('"$async"')) return 'The schema uses "$async", which is not JSON Schema';
  if (schema.type !== 'object') return 'The root of the schema must have "type": "object"';
  try {
    compileSchema(schema);
    return undefined;
  } catch (error) {
    return `Not a valid JSON Schema: ${(error as Error).message.slice(0, 300)}`;
  }
}
