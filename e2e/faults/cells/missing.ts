import type { MissingCell } from '../cell.ts';

/** What FAULTS asks for beyond these cells, and why it isn't here. */
export const missing: MissingCell[] = [
  {
    name: 'clock ±10 min on one process',
    because: 'needs libfaketime, which is no npm or PyPI package',
  },
  { name: 'disk full', because: 'needs a small file system of its own, which only root may mount' },
  {
    name: 'batch: expired, cancelled, mixed errors',
    because: 'the economy lane does not exist yet, so there are no batches to lose',
  },
  {
    name: 'agent down, slow, wrong shape, killed',
    because: 'stands in e2e/system/seo.test.ts, which needs Python',
  },
];
