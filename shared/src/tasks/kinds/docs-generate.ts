import { z } from 'zod';
import { defineKind, titleFrom } from '../kind.ts';

export const docsGenerate = defineKind({
  title: 'Document a module',
  description: 'Reads source code and writes its documentation: first an outline, then the text.',
  queue: 'claude',
  input: z.strictObject({
    source: z.string().min(1, 'Paste or drop source code').max(200_000).meta({
      title: 'Source code',
      description: 'One module. Paste it or drop a file.',
      widget: 'file',
    }),
    filename: z.string().trim().max(300).optional().meta({
      title: 'File name',
      description: 'Optional: helps to tell the language and name the page.',
      widget: 'text',
    }),
    audience: z
      .enum(['users', 'maintainers'])
      .default('users')
      .meta({ title: 'Readers', description: 'Who will read it.', widget: 'select' }),
  }),
  output: z.strictObject({ markdown: z.string() }),
  model: 'claude-sonnet-5-5',
  maxOutputTokens: 16_000,
  typicalOutputTokens: 4_000,
  maxAttempts: 3,
  deadlineSeconds: 900,
  titleOf: ({ filename }) => titleFrom(filename ? `Document ${filename}` : '', 'Document a module'),
});
