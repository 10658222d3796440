'use client';

import { Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Text } from '@mantine/core';
import { useViewerZone } from '../lib/browser/use-viewer-zone.ts';
import { formatInZone } from '../lib/format.ts';

/** The next runs by the schedule's clock, and by the reader's own where that differs. */
export function NextRuns({ runs, timeZone }: { runs: string[]; timeZone: string }) {
  const viewerZone = useViewerZone();
  if (runs.length === 0) return <Text size="sm">No run is ahead.</Text>;
  const own =
    viewerZone !== null &&
    runs.some((at) => formatInZone(at, viewerZone) !== formatInZone(at, timeZone))
      ? viewerZone
      : null;
  return (
    <Table fz="sm" verticalSpacing={4} horizontalSpacing={0} withRowBorders={false}>
      <TableThead>
        <TableTr>
          <TableTh pr="md">Next runs in {timeZone}</TableTh>
          {own && <TableTh>Your time ({own})</TableTh>}
        </TableTr>
      </TableThead>
      <TableTbody>
        {runs.map((at) => (
          <TableTr key={at}>
            <TableTd pr="md">{formatInZone(at, timeZone)}</TableTd>
            {own && <TableTd>{formatInZone(at, own)}</TableTd>}
          </TableTr>
        ))}
      </TableTbody>
    </Table>
  );
}
