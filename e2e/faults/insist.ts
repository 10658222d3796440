import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Answer } from '../system/client.ts';

/** What a load met on its way: answers that said "later", and requests nobody answered. */
export type LoadMet = { putOff: number; unanswered: number };

/**
 * Asks until there is an answer, as a program does: what is put off (429 or 503 with Retry-After) or not answered at all is
 * asked again. Any other refusal throws, but those of `final`.
 */
export async function insist<T>(
  what: string,
  ask: () => Promise<Answer<T>>,
  met: LoadMet = { putOff: 0, unanswered: 0 },
  final: readonly number[] = [],
): Promise<Answer<T>> {
  const answer = await eventually(
    `${what} is answered`,
    async () => {
      const given = await ask().catch(() => undefined);
      if (given === undefined) met.unanswered++;
      if (!given || isFinal(given.status, final)) return given;
      met.putOff++;
      // Returned rather than thrown: what is awaited is asked again after an error.
      return complaint(given.status, given.headers.get('retry-after')) ? given : undefined;
    },
    60_000,
  );
  if (isFinal(answer.status, final)) return answer;
  throw new Error(`${what} ${complaint(answer.status, answer.headers.get('retry-after'))}`);
}

const isFinal = (status: number, final: readonly number[]) =>
  (status >= 200 && status < 300) || final.includes(status);

/** What is wrong with an answer that is not 2xx: only "later", with a time, may be said to a program. */
export function complaint(status: number, retryAfter: string | null): string | undefined {
  if (status !== 429 && status !== 503) return `was answered ${status}`;
  return retryAfter === null ? `was answered ${status} without Retry-After` : undefined;
}
