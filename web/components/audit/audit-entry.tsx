import type { AuditEntry } from '@devsphere/shared/contracts/http/audit.ts';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type AuditFilterValues, auditPath, noAuditFilters } from '../../lib/audit-path.ts';
import { actorOf, changedFields, detailText, targetPath, wordsOf } from '../../lib/audit-words.ts';
import { TextLink } from '../links.tsx';
import { TimeAgo } from '../time-ago.tsx';
import classes from './audit.module.css';

type AuditEntryRowProps = {
  org: string;
  entry: AuditEntry;
  /** What the thing acted upon is called; null when it is gone or has no name. */
  targetName: string | null;
  filters: AuditFilterValues;
};

/** One act: a sentence, and behind it from where and what changed. */
export function AuditEntryRow({ org, entry, targetName, filters }: AuditEntryRowProps) {
  const changes = changedFields(entry);
  const path = targetPath(org, entry);
  const detail = detailText(entry);
  return (
    <li className={classes.row}>
      <details>
        <summary className={classes.summary}>
          <span>
            <b>{actorOf(entry)}</b> {wordsOf(entry.action)}
            {targetName && <span className={classes.name}> “{targetName}”</span>}
            {changes.length > 0 && (
              <Text span c="dimmed" size="sm">
                {' '}
                · {changes.map(({ name }) => name).join(', ')}
              </Text>
            )}
          </span>
          <Text span size="sm" c="dimmed" className={classes.time}>
            <TimeAgo at={entry.at} />
          </Text>
        </summary>
        <div className={classes.details}>
          {changes.length > 0 && <Changes changes={changes} />}
          <dl className={classes.facts}>
            <Fact name="What">
              {path ? <TextLink href={path}>{entry.targetType}</TextLink> : entry.targetType}{' '}
              <code className={classes.id}>{entry.targetId}</code>
            </Fact>
            {detail && <Fact name="Details">{detail}</Fact>}
            <Fact name="From">{entry.address ?? 'inside the system'}</Fact>
            {entry.userAgent && <Fact name="With">{entry.userAgent}</Fact>}
            {entry.requestId && (
              <Fact name="Request">
                <code className={classes.id}>{entry.requestId}</code>
              </Fact>
            )}
          </dl>
          <Text size="sm" mt="xs">
            {filters.target !== entry.targetId && (
              <TextLink href={auditPath(org, { ...noAuditFilters, target: entry.targetId })}>
                All about this {entry.targetType}
              </TextLink>
            )}
          </Text>
        </div>
      </details>
    </li>
  );
}

function Changes({ changes }: { changes: ReturnType<typeof changedFields> }) {
  return (
    <dl className={classes.facts} aria-label="What changed">
      {changes.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {before !== null && <del className={classes.before}>{before}</del>}{' '}
            {after !== null && <ins className={classes.after}>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
