import { z } from 'zod';
import { articleResult } from '../../contracts/agent/agent-event.ts';
import { seoInput } from '../../contracts/agent/agent-request.ts';
import { defineKind, titleFrom } from '../kind.ts';

/** The article itself is a file of the organisation; the output says where, and what the checks found. */
export const seoArticleOutput = articleResult
  .omit({ kind: true, markdown: true, html: true })
  .extend({
    artifacts: z.array(
      z.strictObject({
        name: z.string(),
        media_type: z.string(),
        path: z.string(),
        bytes: z.int(),
      }),
    ),
  });

export const seoArticle = defineKind({
  title: 'Write an article',
  description:
    'Brief, outline, text, title and description for a search phrase, checked against on-page rules and improved once.',
  queue: 'seo',
  input: seoInput,
  output: seoArticleOutput,
  model: 'claude-sonnet-5-5',
  maxOutputTokens: 16_000,
  typicalOutputTokens: 20_000,
  maxAttempts: 3,
  deadlineSeconds: 3_600,
  titleOf: ({ keyphrase }) => titleFrom(`Article: ${keyphrase}`, 'Article'),
});
