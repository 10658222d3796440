'use client';

import { useNow } from '../lib/browser/use-now.ts';
import { formatAbsolute, formatRelative } from '../lib/format.ts';

const renewMilliseconds = 30_000;

/** A moment in words that stay true, with the exact time as its title. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow(renewMilliseconds);
  return (
    // Server and browser differ by a moment and by the time zone.
    <time dateTime={at} title={formatAbsolute(at)} suppressHydrationWarning>
      {formatRelative(at, now)}
    </time>
  );
}
