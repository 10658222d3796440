import type { Lab } from './lab/lab.ts';

/** Throws when a worker or an API ended, which no fault of what they depend on may cause. */
export function noneEnded({ workers, apis }: Lab): void {
  const gone = [...workers, ...apis.map(({ process }) => process)].filter(({ ended }) => ended);
  if (gone.length > 0)
    throw new Error(`${gone.length} processes ended: ${gone[0]?.log.slice(-300)}`);
}
