import { z } from 'zod';

/** What the agent needs to know of the piece to write; the task kinds ask for the same. */
export const seoInput = z.strictObject({
  keyphrase: z
    .string()
    .trim()
    .min(1, 'Write the phrase people search for')
    .max(80, 'At most 80 characters')
    .regex(/[\p{L}\p{N}]/u, 'It needs at least one letter or digit')
    .meta({
      title: 'Keyphrase',
      description: 'The words people type into a search engine.',
      widget: 'text',
    }),
  audience: z
    .string()
    .trim()
    .max(300)
    .optional()
    .meta({ title: 'Readers', description: 'Optional: who will read it.', widget: 'text' }),
  tone: z
    .string()
    .trim()
    .max(300)
    .optional()
    .meta({ title: 'Tone', description: 'Optional: how it should sound.', widget: 'text' }),
  language: z
    .enum(['en'])
    .default('en')
    .meta({ title: 'Language', description: 'The checks know English only.', widget: 'select' }),
  word_target: z
    .number()
    .int()
    .min(300, 'At least 300 words')
    .max(3000, 'At most 3000 words')
    .default(900)
    .meta({
      title: 'Words',
      description: 'About how long it should be: 300 to 3000.',
      widget: 'number',
    }),
  notes: z.string().trim().max(4000).optional().meta({
    title: 'Notes',
    description: 'Optional: facts to use, things to avoid.',
    widget: 'textarea',
  }),
});

/** What the worker sends: finished stages of earlier attempts come along and are not paid again. */
export const agentRequest = z.strictObject({
  version: z.literal(1),
  task_id: z.uuid(),
  kind: z.enum(['seo.brief', 'seo.article']),
  input: seoInput,
  model: z.string(),
  completed_stages: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

export type AgentRequest = z.output<typeof agentRequest>;
