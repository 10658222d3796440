import {
  type ComponentState,
  type ComponentStatus,
  freshSeconds,
  type IncidentReport,
  type IncidentState,
  type PlatformStatus,
  type StatusDay,
  statusVerdict,
} from '../../contracts/status.ts';
import type { Database } from '../../db/database.ts';
import { asActor, type Tx } from '../../db/doors.ts';

/** Days of the bars. */
export const shownDays = 90;
const shownIncidents = 20;

/** What anybody may know about how the platform fares. */
export async function readStatus(database: Database): Promise<PlatformStatus> {
  return asActor(database, { type: 'visitor' }, async (tx) => {
    const [components, incidents] = await Promise.all([readComponents(tx), readIncidents(tx)]);
    const openIncidents = incidents.filter(({ resolvedAt }) => resolvedAt === null);
    return {
      verdict: statusVerdict(components, openIncidents.length),
      at: new Date().toISOString(),
      components,
      openIncidents,
      pastIncidents: incidents.filter(({ resolvedAt }) => resolvedAt !== null),
    };
  });
}

type ComponentRow = {
  id: string;
  name: string;
  description: string;
  at: Date | null;
  fresh: boolean | null;
  state: ComponentState | null;
  latency_ms: number | null;
  detail: string | null;
};

async function readComponents(tx: Tx): Promise<ComponentStatus[]> {
  const [{ rows }, days] = await Promise.all([
    tx.query<ComponentRow>(
      `select c.id, c.name, c.description, s.at, s.at > now() - make_interval(secs => $1) as fresh, s.state,
              s.latency_ms, s.detail
       from status_components c
       left join lateral (
         select * from status_samples s where s.component = c.id order by s.at desc limit 1
       ) s on true
       order by c.position`,
      [freshSeconds],
    ),
    tx.query<StatusDay & { component: string }>(
      `select component, day::text as day, operational, degraded, outage from status_days
       where day > (now() at time zone 'UTC')::date - $1::int order by day`,
      [shownDays],
    ),
  ]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    state: row.fresh && row.state ? row.state : 'no data',
    detail: row.fresh && row.detail ? row.detail : 'No recent probe has reported.',
    sampledAt: row.at?.toISOString() ?? null,
    latencyMs: row.fresh ? row.latency_ms : null,
    days: days.rows
      .filter(({ component }) => component === row.id)
      .map(({ component: _, ...day }) => day),
  }));
}

async function readIncidents(tx: Tx): Promise<IncidentReport[]> {
  const { rows } = await tx.query<{
    id: string;
    title: string;
    state: IncidentState;
    started_at: Date;
    resolved_at: Date | null;
    updates: IncidentReport['updates'];
  }>(
    `select i.id, i.title, i.state, i.started_at, i.resolved_at,
            (select coalesce(json_agg(json_build_object('id', u.id, 'state', u.state, 'body', u.body, 'at', u.at) order by u.id desc), '[]')
             from (select * from incident_updates u where u.incident_id = i.id order by u.id desc limit 50) u) as updates
     from incidents i order by (i.resolved_at is null) desc, i.id desc limit $1`,
    [shownIncidents],
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    state: row.state,
    startedAt: row.started_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    updates: row.updates.map((update) => ({ ...update, at: new Date(update.at).toISOString() })),
  }));
}
