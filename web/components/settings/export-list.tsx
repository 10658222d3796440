import type { OrganizationExport } from '@devsphere/shared/contracts/http/export.ts';
import { Text } from '@mantine/core';
import { DownloadButton } from '../download-button.tsx';
import { RefreshRegularly } from '../operator/refresh-regularly.tsx';
import { TimeAgo } from '../time-ago.tsx';
import classes from './people-list.module.css';

const size = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Exports with what became of them. */
export function ExportList({ org, exports }: { org: string; exports: OrganizationExport[] }) {
  if (exports.length === 0)
    return (
      <Text size="sm" c="dimmed">
        None has been made yet.
      </Text>
    );
  return (
    <ul className={classes.list} aria-label="Exports">
      {exports.map((one) => (
        <li key={one.id} className={classes.row}>
          <div className={classes.person}>
            <Text size="sm" component="p">
              <State of={one} />
            </Text>
            <Text size="xs" c="dimmed" component="p">
              asked for <TimeAgo at={one.createdAt} />
            </Text>
          </div>
          {one.state === 'ready' && (
            <DownloadButton href={`/${org}/settings/data/exports/${one.id}`}>
              Download
            </DownloadButton>
          )}
        </li>
      ))}
      {exports.some(({ state }) => state === 'queued') && <RefreshRegularly seconds={2} />}
    </ul>
  );
}

function State({ of: { state, rows, bytes, error, expiresAt } }: { of: OrganizationExport }) {
  if (state === 'queued') return 'Being made …';
  if (state === 'failed') return error ?? 'Could not be made.';
  if (state === 'expired' || !expiresAt) return 'Expired: its file is gone.';
  return (
    <>
      {rows} rows, {size.format((bytes ?? 0) / 1_000_000)} MB, kept until <TimeAgo at={expiresAt} />
    </>
  );
}
