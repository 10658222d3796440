import type { z } from 'zod';

const units: Record<string, string> = { string: ' characters', array: ' entries' };

/** What is wrong with a value in words for people; undefined where the library's own are clear. */
export function sayIssue(issue: z.core.$ZodRawIssue): string | undefined {
  const unit = units[String(issue.origin)] ?? '';
  switch (issue.code) {
    case 'too_big':
      return `${unit ? 'May have' : 'May be'} at most ${issue.maximum}${unit}`;
    case 'too_small':
      return `${unit ? 'Must have' : 'Must be'} at least ${issue.minimum}${unit}`;
    case 'invalid_value':
      return `Must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? 'Is missing' : undefined;
    case 'unrecognized_keys':
      return `Is not known here: ${issue.keys.join(', ').slice(0, 100)}`;
    default:
      return undefined;
  }
}
