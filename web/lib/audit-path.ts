/** The filters of the audit log as the address bar holds them; days are UTC. */
export type AuditFilterValues = {
  actor: string;
  action: string;
  target: string;
  from: string;
  to: string;
};

export const noAuditFilters: AuditFilterValues = {
  actor: '',
  action: '',
  target: '',
  from: '',
  to: '',
};

/** The address of the audit log, or of a page below it, with these filters; empty ones are left out. */
export function auditPath(
  org: string,
  filters: AuditFilterValues,
  more: Record<string, string> = {},
  below = '',
): string {
  const query = new URLSearchParams(
    Object.entries({ ...filters, ...more }).filter(([, value]) => value !== ''),
  );
  return `/${org}/settings/audit${below}${query.size > 0 ? `?${query}` : ''}`;
}
