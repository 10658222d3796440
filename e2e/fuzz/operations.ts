import { createOpenApi } from '../../api/src/openapi/document.ts';
import type { NeededOfKeys } from '../../api/src/openapi/scopes.ts';

/** A JSON Schema, as far as the document uses it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  format?: string;
  pattern?: string;
  examples?: unknown[];
};

type Content = Record<string, { schema?: Schema }>;
type Parameter = { name: string; in: string; schema: Schema };
export type Answer = { content?: Content };

/** One thing that can be asked of the API. */
export type Operation = {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | null;
  /** What an API key needs for it. */
  neededOfKeys: NeededOfKeys;
  /** By status. */
  answers: Record<string, Answer>;
};

export type Document = {
  operations: Operation[];
  components: { schemas: Record<string, Schema> };
};

type PathItem = Record<string, unknown> & { parameters?: Parameter[] };
type Described = {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  'x-api-key': NeededOfKeys;
  responses: Record<string, Answer>;
};

/** Every operation of the OpenAPI document that the API itself serves. */
export function readDocument(): Document {
  const document = createOpenApi() as {
    paths: Record<string, PathItem>;
    components: Document['components'];
  };
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    ['get', 'post', 'put', 'patch', 'delete'].flatMap((method): Operation[] => {
      const described = item[method] as Described | undefined;
      if (!described) return [];
      return [
        {
          method: method.toUpperCase(),
          path,
          parameters: [...(item.parameters ?? []), ...(described.parameters ?? [])],
          body: described.requestBody?.content['application/json']?.schema ?? null,
          neededOfKeys: described['x-api-key'],
          answers: described.responses,
        },
      ];
    }),
  );
  return { operations, components: document.components };
}
