import { z } from 'zod';
import { schemaProblem } from '../json-schema.ts';
import { defineKind, titleFrom } from '../kind.ts';

const jsonSchema = z.record(z.string(), z.json()).superRefine((schema, context) => {
  const problem = schemaProblem(schema);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

export const dataExtract = defineKind({
  title: 'Extract data',
  description: 'Reads text and returns JSON that satisfies the schema you give.',
  queue: 'claude',
  input: z.strictObject({
    text: z.string().min(1, 'Paste or drop the text to read').max(200_000).meta({
      title: 'Text',
      description: 'The document to read. Paste it or drop a file.',
      widget: 'file',
    }),
    schema: jsonSchema.meta({
      title: 'JSON Schema',
      description: 'The shape of the answer (draft 2020-12); its root must be an object.',
      widget: 'json',
    }),
    instructions: z.string().trim().max(4_000).optional().meta({
      title: 'Instructions',
      description: 'Optional: how to read ambiguous places.',
      widget: 'textarea',
    }),
  }),
  output: z.strictObject({ data: z.json() }),
  model: 'claude-haiku-5-5',
  maxOutputTokens: 16_000,
  typicalOutputTokens: 1_000,
  maxAttempts: 3,
  deadlineSeconds: 600,
  titleOf: ({ schema, text }) =>
    titleFrom(
      typeof schema.title === 'string'
        ? `Extract ${schema.title}`
        : `Extract from: ${text.slice(0, 200)}`,
      'Extract data',
    ),
});
