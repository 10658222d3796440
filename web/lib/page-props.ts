/** What Next hands to a page; `Params` are the named parts of its address. */
export type PageProps<Params = object> = {
  params: Promise<Params>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What Next hands to a route handler besides the request. */
export type RouteContext<Params> = { params: Promise<Params> };

export type OrganizationParams = { org: string };
export type TaskParams = { org: string; id: string };
