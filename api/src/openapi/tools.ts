import { problem } from '@devsphere/shared/contracts/http/problem.ts';
import { z } from 'zod';

export type Json = Record<string, unknown>;

/** What the document's author hands to those who describe a part of it. */
export type OpenApiTools = {
  operation: (summary: string, tag: string, responses: Json) => Json;
  schema: (zod: z.ZodType, io?: 'input' | 'output') => Json;
  body: (zod: z.ZodType, description: string) => Json;
  problems: (...statuses: number[]) => Json;
  pathParameter: (name: string, description: string) => Json;
  queryParameters: (schema: Json) => Json[];
  jsonAnswer: (description: string, schema: Json) => Json;
  idempotencyKey: Json;
};

/** Tools that gather the named schemas they meet in `components`. */
export function openApiTools(components: Json): OpenApiTools {
  const schema = (zod: z.ZodType, io: 'input' | 'output' = 'output'): Json =>
    hoist(z.toJSONSchema(zod, { io }), components);
  const body = (zod: z.ZodType, description: string) => ({
    description,
    content: { 'application/json': { schema: schema(zod) } },
  });
  const problems = (...statuses: number[]) =>
    Object.fromEntries(
      statuses.map((status) => [
        status,
        {
          description: 'A problem (RFC 9457)',
          content: { 'application/problem+json': { schema: schema(problem) } },
        },
      ]),
    );
  const idempotencyKey: Json = {
    name: 'Idempotency-Key',
    in: 'header',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    description: 'The same key and body get the first answer; another body is refused.',
  };
  return {
    operation,
    schema,
    body,
    problems,
    pathParameter,
    queryParameters,
    jsonAnswer,
    idempotencyKey,
  };
}

function operation(summary: string, tag: string, responses: Json): Json {
  return {
    summary,
    tags: [tag],
    operationId: summary.replaceAll(
      /[^A-Za-z]+(\w)?/g,
      (_match, letter: string | undefined) => letter?.toUpperCase() ?? '',
    ),
    responses,
  };
}

function jsonAnswer(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } };
}

function pathParameter(name: string, description: string): Json {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } };
}

function queryParameters(schema: Json): Json[] {
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).map(
    ([name, property]) => ({
      name,
      in: 'query',
      schema: property,
      ...(property.description ? { description: property.description } : {}),
      ...(property.type === 'array' ? { style: 'form', explode: false } : {}),
    }),
  );
}

/** Moves named schemas to the document's components and points references there. */
function hoist(schema: Json, components: Record<string, unknown>): Json {
  const {
    $defs,
    $schema: _dialect,
    ...rest
  } = JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/', '#/components/schemas/')) as Json;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json))
    components[name] ??= definition;
  if (typeof rest.id !== 'string') return rest;
  const { id, ...definition } = rest;
  components[id] ??= definition;
  return { $ref: `#/components/schemas/${id}` };
}
