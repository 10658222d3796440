import type Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';

/**
 * Asks for JSON of a schema. The SDK moves what structured outputs don't support (such as number ranges) into
 * descriptions; the answer is validated against the full schema afterwards.
 */
export function outputFormat(schema: Record<string, unknown>): Anthropic.OutputConfig {
  const { type, schema: supported } = jsonSchemaOutputFormat({ ...schema, type: 'object' });
  return { format: { type, schema: supported } };
}
