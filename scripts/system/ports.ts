import { createServer } from 'node:net';

/** Throws one clear sentence when something else listens on a port the system needs. */
export async function assertPortsFree(
  ports: Array<[setting: string, port: number]>,
): Promise<void> {
  for (const [setting, port] of ports) {
    if (!(await isFree(port))) {
      throw new Error(
        `Port ${port} is in use by another program. Stop that program, or choose another port: ${setting}=${port + 1} npm start`,
      );
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** A port nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
