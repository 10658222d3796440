'use client';

import { useNow } from '../lib/browser/use-now.ts';
import { useViewerZone } from '../lib/browser/use-viewer-zone.ts';
import { formatAbsolute, formatMoment } from '../lib/format.ts';

/** An exact moment by the reader's clock, with all of it as its title. */
export function Moment({ at }: { at: string }) {
  const zone = useViewerZone();
  const now = useNow(null);
  return (
    <time dateTime={at} title={zone ? formatAbsolute(at) : at}>
      {formatMoment(at, zone, now)}
    </time>
  );
}
