'use client';

import { useSearchParams } from 'next/navigation';
import { type FindingSort, type Severity, severityOrder } from '../findings.ts';

const sorts: readonly FindingSort[] = ['severity', 'file', 'title'];

/** Filter and order of the findings, kept in the address so that a link shows the same. */
export function useFindingsView() {
  const params = useSearchParams();
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    window.history.replaceState(null, '', next.size > 0 ? `?${next}` : window.location.pathname);
  };
  return {
    severity: severityOrder.find((known) => known === params.get('severity')) ?? null,
    sort: sorts.find((known) => known === params.get('sort')) ?? ('severity' as const),
    setSeverity: (severity: Severity | null) => set('severity', severity),
    setSort: (sort: FindingSort) => set('sort', sort === 'severity' ? null : sort),
  };
}
