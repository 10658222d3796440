import { complaint } from './insist.ts';
import type { Lab } from './lab/lab.ts';
import { lasting } from './pause.ts';

export type Read = { read: number; putOff: number; slowestSeconds: number };

/**
 * Asks for every organisation's tasks again and again, as pages do. Returns what ends it and says how often "later" was the
 * answer, and how long the slowest took; throws when an answer was neither a list nor "later", or when nobody answered.
 */
export function keepReading(lab: Lab): () => Promise<Read> {
  const counts: Read = { read: 0, putOff: 0, slowestSeconds: 0 };
  const complaints = new Set<string>();
  let over = false;
  const readers = lab.tenants.map(async (tenant) => {
    while (!over) {
      const began = performance.now();
      try {
        const path = `/v1/orgs/${tenant.person.orgId}/tasks?limit=20`;
        const { status, headers } = await tenant.client.call('GET', path);
        if (status === 200) counts.read++;
        else {
          counts.putOff++;
          const wrong = complaint(status, headers.get('retry-after'));
          if (wrong) complaints.add(`reading tasks ${wrong}`);
        }
      } catch (error) {
        complaints.add(`reading tasks was not answered: ${error}`);
      }
      const seconds = (performance.now() - began) / 1000;
      counts.slowestSeconds = Math.max(counts.slowestSeconds, seconds);
      await lasting(0.1);
    }
  });
  return async () => {
    over = true;
    await Promise.all(readers);
    if (complaints.size > 0) throw new Error([...complaints].join('; '));
    return counts;
  };
}
