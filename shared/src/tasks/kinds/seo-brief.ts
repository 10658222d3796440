import { z } from 'zod';
import { seoInput } from '../../contracts/agent/agent-request.ts';
import { seoBrief as brief } from '../../contracts/agent/stages.ts';
import { defineKind, titleFrom } from '../kind.ts';

export const seoBrief = defineKind({
  title: 'Brief for an article',
  description:
    'What people who search for a phrase want, and what an article for them should answer.',
  queue: 'seo',
  input: seoInput,
  output: z.strictObject({ brief }),
  model: 'claude-sonnet-5-5',
  maxOutputTokens: 4_000,
  typicalOutputTokens: 2_000,
  maxAttempts: 3,
  deadlineSeconds: 900,
  titleOf: ({ keyphrase }) => titleFrom(`Brief: ${keyphrase}`, 'Brief'),
});
