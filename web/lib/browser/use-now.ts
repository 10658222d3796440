'use client';

import { useEffect, useState } from 'react';

/** The time in milliseconds, renewed every `intervalMilliseconds`; it stands still when that is null. */
export function useNow(intervalMilliseconds: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (intervalMilliseconds === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), intervalMilliseconds);
    return () => clearInterval(timer);
  }, [intervalMilliseconds]);
  return now;
}
