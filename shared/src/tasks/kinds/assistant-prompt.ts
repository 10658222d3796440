import { z } from 'zod';
import { defineKind, titleFrom } from '../kind.ts';

export const assistantPrompt = defineKind({
  title: 'Ask the assistant',
  description: 'A long answer to a question, with any text you attach as its material.',
  queue: 'claude',
  input: z.strictObject({
    prompt: z.string().trim().min(1, 'Write what you want to know').max(50_000).meta({
      title: 'Prompt',
      description: 'What should be done, and what a good answer looks like.',
      widget: 'textarea',
    }),
    context: z.string().max(400_000).optional().meta({
      title: 'Material',
      description: 'Optional text the answer should be based on. Paste it or drop a file.',
      widget: 'file',
    }),
  }),
  output: z.strictObject({ markdown: z.string() }),
  model: 'claude-sonnet-5-5',
  maxOutputTokens: 16_000,
  typicalOutputTokens: 2_000,
  maxAttempts: 3,
  deadlineSeconds: 900,
  titleOf: ({ prompt }) => titleFrom(prompt, 'Prompt'),
});
