import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Service } from '../../../scripts/system/service.ts';
import { place } from '../browser.ts';

/** One more process of the web, like the one under test but for the address people type. */
export async function startSecondWeb(port: number, webUrl: string): Promise<Service> {
  const { children } = JSON.parse(readFileSync(join(place.home, 'lock.json'), 'utf8')) as {
    children: number[];
  };
  const read = (pid: number, what: string) => readFileSync(`/proc/${pid}/${what}`, 'utf8');
  const first = children.map((pid) => ({ pid, env: environmentOf(read(pid, 'environ')) }));
  const web = first.find(({ env }) => env.WEB_URL === place.web && env.ADDRESS_LIMIT_FACTOR);
  if (!web) throw new Error('the web is not running');
  const root = join(import.meta.dirname, '../../..');
  const service = new Service({
    name: 'web-https',
    command: [
      process.execPath,
      join(root, 'node_modules/next/dist/bin/next'),
      'start',
      '--port',
      String(port),
    ],
    cwd: join(root, 'web'),
    env: { ...web.env, WEB_URL: webUrl },
    // Among the others, where it is searched for secrets.
    logFile: join(place.home, 'logs/web-https.log'),
    readyUrl: `http://127.0.0.1:${port}/api/health`,
    readyWithinSeconds: 60,
    stopWithinSeconds: 8,
    onSpawn: () => {},
    onCrash: () => {},
  });
  await service.start();
  return service;
}

const environmentOf = (text: string): Record<string, string | undefined> =>
  Object.fromEntries(
    text
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
  );
