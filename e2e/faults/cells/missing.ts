import type { MissingCell } from '../cell.ts';

/** What FAULTS asks for beyond these cells, and why it isn't here. */
export const missing: MissingCell[] = [
  ...[
    'batch: expired',
    'batch: cancelled',
    'batch: mixed errors',
    'batch: cut results',
    'batch: lost create reply',
    'duplicate batch result x50',
  ].map((name) => ({
    name,
    because: 'the economy lane does not exist yet, so there are no batches to lose',
  })),
  ...['tool_use', 'stop_sequence'].map((reason) => ({
    name: `stop reason: ${reason}`,
    because:
      'the simulator gives it only to who asks with tools or stop sequences, which no kind does',
  })),
  {
    name: 'clock ±10 min on the agent or on the database',
    because: 'clocks are shifted within Node; there is no libfaketime for other processes',
  },
  {
    name: 'deploy of the web process: SIGTERM and SIGKILL under load',
    because: 'a lab has no web process; pages are broken in the browser tests alone',
  },
];
