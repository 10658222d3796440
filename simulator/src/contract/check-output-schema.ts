import { invalidField } from '../http/api-error.ts';

/** Keywords whose values are schemas by name, a list of schemas, or one schema. */
const NAMED = ['properties', '$defs', 'definitions'] as const;
const LISTED = ['anyOf', 'oneOf', 'allOf'] as const;

/**
 * Refuses an output schema that the API would refuse: structured output needs
 * `additionalProperties: false` on every object. (The API also refuses most numeric and length
 * limits; the simulator accepts and obeys those.)
 */
export function checkOutputSchema(schema: unknown, path: string): void {
  if (typeof schema === 'boolean') return;
  if (!isRecord(schema)) throw invalidField(path, 'Input should be a valid JSON schema');
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    throw invalidField(
      path,
      "For 'object' type, 'additionalProperties' must be explicitly set to false",
    );
  }
  for (const keyword of NAMED) {
    const group = schema[keyword];
    if (!isRecord(group)) continue;
    for (const [name, child] of Object.entries(group)) {
      checkOutputSchema(child, `${path}.${keyword}.${name}`);
    }
  }
  for (const keyword of LISTED) {
    const list = schema[keyword];
    if (!Array.isArray(list)) continue;
    list.forEach((child, index) => {
      checkOutputSchema(child, `${path}.${keyword}.${index}`);
    });
  }
  if (isRecord(schema.items)) checkOutputSchema(schema.items, `${path}.items`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
