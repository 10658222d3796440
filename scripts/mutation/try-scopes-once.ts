import type { IncomingMessage } from 'node:http';
import { type Operation, readDocument } from '../../e2e/fuzz/operations.ts';
import { askWithEveryKey, makeKeyRing } from '../../e2e/routes/scopes.ts';
import { startSystem } from '../../e2e/system/start-system.ts';

type Response = {
  req: IncomingMessage & { originalUrl: string };
  locals: { session?: { actor: unknown; expiresAt: unknown } };
};

/** One try of every route with keys, then again with the route's checks passing everybody. Its last line is the result. */
const plenty = { points: 1_000_000, seconds: 60 };
const document = readDocument();
let weakened: Operation | undefined;
Object.assign(globalThis, {
  // Without scopes it is taken for the session of a person, whom every route lets through.
  sessionSeen: ({ req, locals: { session } }: Response) =>
    session && isOf(req) ? { actor: session.actor, expiresAt: session.expiresAt } : session,
});
const system = await startSystem({
  limits: { person: plenty, apiKey: plenty, refusedToken: plenty },
});
const ring = await makeKeyRing(system, document);
const checked = document.operations.filter(({ neededOfKeys }) => neededOfKeys !== 'any');
const wrong = [];
for (const operation of checked) wrong.push(...(await askWithEveryKey(ring, operation)));
if (wrong.length > 0) throw new Error(wrong.join('\n'));
const survived: string[] = [];
for (weakened of checked)
  if ((await askWithEveryKey(ring, weakened)).length === 0)
    survived.push(`let every key through: ${weakened.method} ${weakened.path}`);
await system.stop();
process.stdout.write(`\n${JSON.stringify({ total: checked.length, survived })}\n`);
process.exit(0);

function isOf({ method, originalUrl }: Response['req']): boolean {
  if (!weakened || weakened.method !== method) return false;
  const parts = originalUrl.split('?')[0]?.split('/') ?? [];
  const wanted = weakened.path.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, index) => part.startsWith('{') || part === parts[index])
  );
}
