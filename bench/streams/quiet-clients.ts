import { type ClientRequest, get } from 'node:http';

/** Clients that hold a stream open and are told nothing. */
export async function openQuietClients(
  url: string,
  token: string,
  count: number,
): Promise<{ close: () => void }> {
  const requests: ClientRequest[] = [];
  const open = () =>
    new Promise<void>((resolve, reject) => {
      const request = get(url, { agent: false, headers: { authorization: `Bearer ${token}` } });
      requests.push(request);
      request.on('error', reject);
      request.on('response', (response) => {
        if (response.statusCode !== 200)
          reject(new Error(`a stream was answered ${response.statusCode}`));
        response.on('error', () => {});
        response.resume();
        resolve();
      });
    });
  const together = 50;
  for (let n = 0; n < count; n += together)
    await Promise.all(Array.from({ length: Math.min(together, count - n) }, open));
  return {
    close: () => {
      for (const request of requests) {
        request.on('error', () => {});
        request.destroy();
      }
    },
  };
}
