import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Answers whoever supervises a worker: `/healthz`, the process lives; `/readyz`, it also takes work, and 503 with the
 * reason when it does not. Returns what stops it.
 */
export async function startHealthServer(
  port: number,
  trouble: () => string | null,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const reason = request.url === '/readyz' ? trouble() : null;
    const known = request.url === '/readyz' || request.url === '/healthz';
    const status = known ? (reason === null ? 200 : 503) : 404;
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ status: status === 200 ? 'ok' : 'not ready', reason }));
  });
  server.listen(port);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
