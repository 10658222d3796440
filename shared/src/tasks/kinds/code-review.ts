import { z } from 'zod';
import { defineKind, titleFrom } from '../kind.ts';

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

export const finding = z.strictObject({
  file: z.string(),
  line: z.int().min(0),
  severity: z.enum(severities),
  title: z.string(),
  why: z.string(),
  suggestion: z.string(),
});

export const codeReviewOutput = z.strictObject({
  summary: z.string(),
  verdict: z.enum(['approve', 'comment', 'request_changes']),
  findings: z.array(finding),
});

/** File names that a unified diff touches, in order. */
function filesOf(diff: string): string[] {
  return [...diff.matchAll(/^\+\+\+ (?:b\/)?(\S+)/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== '/dev/null');
}

export const codeReview = defineKind({
  title: 'Review a change',
  description:
    'Reads a diff and reports findings with file, line, severity, reason and suggestion.',
  queue: 'claude',
  input: z.strictObject({
    diff: z
      .string()
      .min(1, 'Paste or drop a diff')
      .max(400_000)
      .refine((text) => /^@@ .* @@/m.test(text), 'This is not a unified diff: it has no "@@" hunk')
      .meta({
        title: 'Diff',
        description: 'A unified diff, such as the output of git diff. Paste it or drop a file.',
        widget: 'file',
      }),
    focus: z.string().trim().max(2_000).optional().meta({
      title: 'Focus',
      description: 'Optional: what to look at most closely.',
      widget: 'textarea',
    }),
  }),
  output: codeReviewOutput,
  model: 'claude-sonnet-5-5',
  maxOutputTokens: 16_000,
  typicalOutputTokens: 3_000,
  maxAttempts: 3,
  deadlineSeconds: 900,
  titleOf: ({ diff }) => {
    const [first, ...rest] = filesOf(diff);
    return titleFrom(
      first ? `Review ${first}${rest.length > 0 ? ` and ${rest.length} more` : ''}` : '',
      'Review',
    );
  },
});
