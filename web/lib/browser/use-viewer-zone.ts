'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The reader's own time zone; null until the page has come alive, since the server can't know it. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}
