'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { openEventStream } from '../lib/browser/event-stream.ts';

/** Shows the page anew when the organisation itself changes, such as by being paused, or who may do what in it. */
export function LiveOrganization({ org }: { org: string }) {
  const router = useRouter();
  useEffect(() => {
    let opened = false;
    return openEventStream({
      url: () => `/${org}/tasks/events?about=organization`,
      types: ['organization'],
      onEvent: () => router.refresh(),
      onStatus: (status) => {
        // The first connection follows a fresh page; a later one follows a gap.
        if (status === 'open' && opened) router.refresh();
        if (status === 'open') opened = true;
      },
      onTrouble: () => {},
    });
  }, [org, router]);
  return null;
}
