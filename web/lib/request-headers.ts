/** Set by `proxy.ts` on every request it passes on: the path and query a person asked for. */
export const pathHeader = 'x-devsphere-path';

/** Set by `proxy.ts`: the nonce that inline scripts of this page carry. */
export const nonceHeader = 'x-nonce';

/** Remembers the organisation last looked at; only a hint, membership decides. */
export const lastOrganizationCookie = 'devsphere-org';
