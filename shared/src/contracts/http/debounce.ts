import { z } from 'zod';
import { submitTaskBody } from './task.ts';

const day = 24 * 3_600;

/** A submission that waits for others of its key. */
export const debouncedSubmitBody = submitTaskBody
  .omit({ runAt: true, expiresInSeconds: true, sourceTaskId: true })
  .extend({
    debounce: z
      .strictObject({
        key: z
          .string()
          .min(1)
          .max(200)
          .meta({ description: 'Submissions of one kind with the same key become one task.' }),
        seconds: z
          .int()
          .min(1)
          .max(day)
          .meta({ description: 'It starts when no other came for so long.' }),
        maximumSeconds: z
          .int()
          .min(1)
          .max(30 * day)
          .default(3_600)
          .meta({ description: 'It starts so long after the first of them at the latest.' }),
      })
      .refine(
        ({ seconds, maximumSeconds }) => maximumSeconds >= seconds,
        'The longest wait is shorter than the wait',
      ),
  })
  .meta({ id: 'DebounceTask' });

export type DebouncedSubmission = z.input<typeof debouncedSubmitBody>;
