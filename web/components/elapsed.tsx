'use client';

import { useNow } from '../lib/browser/use-now.ts';
import { formatDuration } from '../lib/format.ts';

/** How long something took, or has been taking; counts on while `until` is null. */
export function Elapsed({ from, until }: { from: string; until: string | null }) {
  const now = useNow(until === null ? 1_000 : null);
  const end = until === null ? now : Date.parse(until);
  const milliseconds = end - Date.parse(from);
  // While it counts, tenths of a second would only flicker.
  return (
    <span suppressHydrationWarning>
      {formatDuration(
        until === null ? Math.floor(milliseconds / 1000) * 1000 : milliseconds,
      ).replace('.0 s', ' s')}
    </span>
  );
}
