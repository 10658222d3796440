import type { MissingCell } from '../cell.ts';

/** What FAULTS asks for beyond these cells, and why it isn't here. */
export const missing: MissingCell[] = [
  {
    name: 'disk full',
    because: 'nobody has written it; it needs a small file system, which only root may mount',
  },
  {
    name: 'batch: expired, cancelled, mixed errors',
    because: 'the economy lane does not exist yet, so there are no batches to lose',
  },
  {
    name: 'agent down, slow, wrong shape, killed',
    because: 'stands in e2e/system/seo.test.ts, which needs Python',
  },
  {
    name: 'pool exhausted',
    because: 'nobody has written it',
  },
  {
    name: 'handler past its expiry, two workers',
    because: 'nobody has written it; deadlines end an attempt long before its delivery expires',
  },
  {
    name: 'half-open connections to the provider',
    because: 'nobody has written it; "stream: stall, hang, lost reply" is the nearest',
  },
  {
    name: 'provider failing for 30 s',
    because: 'nobody has written it; "529 and 500" fails 15 calls and opens the circuit breaker',
  },
];
