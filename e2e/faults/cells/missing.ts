import type { MissingCell } from '../cell.ts';

/** What FAULTS asks for beyond these cells, and why it isn't here. */
export const missing: MissingCell[] = [
  {
    name: 'batch: expired, cancelled, mixed errors',
    because: 'the economy lane does not exist yet, so there are no batches to lose',
  },
];
