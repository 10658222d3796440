import type {
  ComponentState,
  StatusDay,
  StatusVerdict,
} from '@devsphere/shared/contracts/status.ts';

/** How each state of a component is called and coloured. */
export const componentLabels: Record<ComponentState, { label: string; color: string }> = {
  operational: { label: 'Operational', color: 'green' },
  degraded: { label: 'Degraded', color: 'yellow' },
  outage: { label: 'Not available', color: 'red' },
  'no data': { label: 'No data', color: 'gray' },
};

/** The colour of the platform's verdict. */
export const verdictColors: Record<StatusVerdict['level'], string> = {
  operational: 'green',
  trouble: 'yellow',
  outage: 'red',
  unknown: 'gray',
};

export type DayBar = { day: string; state: ComponentState; title: string };

const dayMilliseconds = 86_400_000;
/** One bad probe in a day is a blip; more of them colour the day. */
const troubledShare = 0.005;

/** One bar for each of the last `count` days, oldest first; days without samples say so. */
export function dayBars(days: StatusDay[], count: number, nowMilliseconds: number): DayBar[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(nowMilliseconds - (count - 1 - index) * dayMilliseconds);
    const day = at.toISOString().slice(0, 10);
    const counts = known.get(day);
    if (!counts) return { day, state: 'no data', title: `${day}: no data` };
    const { operational, degraded, outage } = counts;
    const total = operational + degraded + outage;
    const state =
      outage / total > troubledShare
        ? 'outage'
        : (outage + degraded) / total > troubledShare
          ? 'degraded'
          : 'operational';
    return { day, state, title: `${day}: ${percent((total - outage) / total)} available` };
  });
}

/** Share of all samples in which the component was available; null without any. */
export function uptime(days: StatusDay[]): string | null {
  let total = 0;
  let available = 0;
  for (const { operational, degraded, outage } of days) {
    total += operational + degraded + outage;
    available += operational + degraded;
  }
  return total === 0 ? null : percent(available / total);
}

/** Never rounds up to a hundred. */
function percent(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(share === 1 ? 0 : 2)} %`;
}
