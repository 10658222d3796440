/** The parts of the platform that the status page names; the database holds their names and order. */
export const statusComponents = [
  'web',
  'api',
  'database',
  'queue',
  'workers',
  'claude',
  'agent',
  'scheduler',
  'storage',
] as const;
export type StatusComponentId = (typeof statusComponents)[number];

/** Without these nobody can work at all. */
const vital: readonly string[] = ['web', 'api', 'database', 'queue', 'workers'];

export type SampleState = 'operational' | 'degraded' | 'outage';
/** `no data` when the last sample is missing or too old to say anything: never shown as well. */
export type ComponentState = SampleState | 'no data';

export const incidentStates = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** How often probes run. */
export const probeSeconds = 15;
/** A sample older than this says nothing about now: three probes are missing. */
export const freshSeconds = 3 * probeSeconds;

export type StatusDay = { day: string; operational: number; degraded: number; outage: number };

export type ComponentStatus = {
  id: string;
  name: string;
  description: string;
  state: ComponentState;
  /** What the last probe saw, in a sentence. */
  detail: string;
  sampledAt: string | null;
  latencyMs: number | null;
  /** Days that have data, oldest first. */
  days: StatusDay[];
};

export type IncidentReport = {
  id: string;
  title: string;
  state: IncidentState;
  startedAt: string;
  resolvedAt: string | null;
  /** Newest first. */
  updates: Array<{ id: string; state: IncidentState; body: string; at: string }>;
};

export type StatusVerdict = {
  level: 'operational' | 'trouble' | 'outage' | 'unknown';
  title: string;
};

export type PlatformStatus = {
  verdict: StatusVerdict;
  at: string;
  components: ComponentStatus[];
  openIncidents: IncidentReport[];
  pastIncidents: IncidentReport[];
};

/** The platform in one sentence. All is well only while every component's fresh sample says so and no incident is open. */
export function statusVerdict(
  components: Array<Pick<ComponentStatus, 'id' | 'name' | 'state'>>,
  openIncidents: number,
): StatusVerdict {
  const named = (state: ComponentState) =>
    components.filter((component) => component.state === state);
  const down = named('outage');
  const slow = named('degraded');
  const silent = named('no data');
  const names = (list: typeof components) => list.map(({ name }) => name).join(', ');
  if (down.length > 0)
    return {
      level: down.some(({ id }) => vital.includes(id)) ? 'outage' : 'trouble',
      title: `Not available: ${names(down)}`,
    };
  if (slow.length > 0) return { level: 'trouble', title: `Degraded: ${names(slow)}` };
  if (openIncidents > 0) return { level: 'trouble', title: 'An incident is open' };
  if (silent.length > 0 || components.length === 0)
    return {
      level: 'unknown',
      title: silent.length === components.length ? 'No data' : `No data: ${names(silent)}`,
    };
  return { level: 'operational', title: 'All systems operational' };
}
