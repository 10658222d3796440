'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { openEventStream, type StreamStatus } from '../lib/browser/event-stream.ts';
import { ReconnectingNote } from './reconnecting-note.tsx';

const refreshMilliseconds = 1_000;

/** Keeps the list around it up to date: asks the server again when a task changes, at most once a second. */
export function LiveList({ org }: { org: string }) {
  const router = useRouter();
  const [status, setStatus] = useState<StreamStatus>('connecting');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastRefresh = 0;
    const refreshSoon = () => {
      const wait = Math.max(0, lastRefresh + refreshMilliseconds - Date.now());
      timer ??= setTimeout(() => {
        timer = undefined;
        lastRefresh = Date.now();
        router.refresh();
      }, wait);
    };
    // Tasks may have changed while the tab was hidden and listened to nothing.
    const onVisible = () => {
      if (document.visibilityState === 'visible') refreshSoon();
    };
    let opened = false;
    const close = openEventStream({
      url: () => `/${org}/tasks/events`,
      types: ['task'],
      onEvent: refreshSoon,
      onStatus: (next) => {
        setStatus(next);
        // The first connection follows a fresh page; a later one follows a gap.
        if (next === 'open' && opened) refreshSoon();
        if (next === 'open') opened = true;
      },
      onTrouble: refreshSoon,
    });
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      clearTimeout(timer);
      close();
    };
  }, [org, router]);
  return <ReconnectingNote status={status} />;
}
