import { z } from 'zod';
import { defineKind, titleFrom } from '../kind.ts';

export const releaseNotes = defineKind({
  title: 'Write release notes',
  description:
    'Turns commits into a draft, waits until somebody approves, edits or sends it back, and keeps the final text.',
  queue: 'claude',
  input: z.strictObject({
    commits: z.string().min(1, 'Paste or drop a list of commits').max(200_000).meta({
      title: 'Commits',
      description: 'One a line, such as the output of git log --oneline. Paste it or drop a file.',
      widget: 'file',
    }),
    version: z.string().trim().max(100).optional().meta({
      title: 'Version',
      description: 'Optional: what the release is called, such as 2.4.0.',
      widget: 'text',
    }),
    audience: z
      .enum(['users', 'developers'])
      .default('users')
      .meta({ title: 'Readers', description: 'Who will read it.', widget: 'select' }),
    approvalHours: z
      .int()
      .min(1)
      .max(30 * 24)
      .default(72)
      .meta({
        title: 'Hours to approve',
        description: 'How long the draft waits for somebody, at most 720.',
        widget: 'number',
      }),
    ifUnanswered: z.enum(['expire', 'publish']).default('expire').meta({
      title: 'If nobody answers',
      description: 'The task expires, or the draft is published as it is.',
      widget: 'select',
    }),
  }),
  output: z.strictObject({ markdown: z.string() }),
  model: 'claude-sonnet-5-5',
  maxOutputTokens: 8_000,
  typicalOutputTokens: 1_500,
  maxAttempts: 3,
  deadlineSeconds: 900,
  titleOf: ({ version }) => titleFrom(version ? `Release notes ${version}` : '', 'Release notes'),
});
