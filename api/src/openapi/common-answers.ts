type Json = Record<string, unknown>;
type Paths = Record<string, Record<string, unknown>>;

/** Unreadable, not signed in, not allowed, too often, not now: what any request may be answered with. */
const always = [400, 401, 403, 429, 503];
/** What a request with a body may be answered with besides; one that needs none may still send one. */
const withBody = [413, 415];
const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Adds the answers that every operation has in common, so that none can forget them. */
export function withCommonAnswers<T extends { paths: Json }>(
  document: T,
  problems: (...statuses: number[]) => Json,
): T {
  for (const [path, item] of Object.entries(document.paths as Paths)) {
    for (const method of methods) {
      const operation = item[method] as { responses: Json } | undefined;
      if (!operation) continue;
      const statuses = [
        ...always,
        // A stranger's organisation, or a name that is none.
        ...(path.includes('{') ? [404] : []),
        ...(method === 'get' ? [] : withBody),
      ];
      operation.responses = { ...problems(...statuses), ...operation.responses };
    }
  }
  return document;
}
