'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/**
 * False in the page as the server sent it, true once scripts listen. What needs them stays disabled until then:
 * a click would be lost, and typed text overwritten.
 */
export function useReady(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
