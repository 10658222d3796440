import { request } from 'node:http';
import { createServer } from 'node:https';
import { selfSigned } from './self-signed.ts';

/** Speaks https in front of a server that speaks http, as a load balancer does. */
export async function startTlsProxy(
  name: string,
  port: number,
  targetPort: number,
): Promise<() => Promise<void>> {
  const server = createServer(selfSigned(name), (incoming, answer) => {
    const headers = { ...incoming.headers, 'x-forwarded-proto': 'https' };
    const { method, url } = incoming;
    const passed = request({ host: '127.0.0.1', port: targetPort, method, path: url, headers });
    passed.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
      response.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
}
