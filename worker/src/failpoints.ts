import { writeSync } from 'node:fs';
import { z } from 'zod';

/** Moments at which a worker can be made to die, in the order a task meets them. */
const failpoints = [
  'before-call',
  'mid-stream',
  'after-reply',
  'before-settle',
  'inside-settle',
  'after-settle',
  'before-webhook',
  'before-acknowledge',
] as const;

type Failpoint = (typeof failpoints)[number];
type Armed = { action: 'kill' | 'throw'; passings: number };

const armed = new Map<Failpoint, Armed>();

/** `after-reply=kill@3,before-call=throw`: what happens where, and at which passing; the first when it is not said. */
export const failpointsSchema = z
  .string()
  .default('')
  .transform((text, context) => {
    const found = new Map<Failpoint, Armed>();
    for (const entry of text.split(',').filter(Boolean)) {
      const [, name, action, passings = '1'] =
        /^([a-z-]+)=(kill|throw)(?:@([1-9]\d*))?$/.exec(entry) ?? [];
      const point = failpoints.find((known) => known === name);
      if (!point || !action) {
        context.addIssue({ code: 'custom', message: `must name one of ${failpoints.join(', ')}` });
        return z.NEVER;
      }
      found.set(point, { action: action as Armed['action'], passings: Number(passings) });
    }
    return found;
  });

/** Arms what the settings say. Without it passing a failpoint is one look into an empty map. */
export function armFailpoints(wanted: ReadonlyMap<Failpoint, Armed>): void {
  for (const [point, how] of wanted) armed.set(point, how);
}

/** Passes a failpoint: does nothing unless it is armed. `kill` ends the process as a crash would, at this very statement. */
export function failpoint(point: Failpoint): void {
  const how = armed.get(point);
  if (!how || --how.passings > 0) return;
  armed.delete(point);
  if (how.action === 'throw') throw new Error(`failpoint ${point}`);
  // Written at once, so that whoever looks for what killed it finds it.
  writeSync(process.stderr.fd, `failpoint ${point}\n`);
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment to arrive; nothing may happen in it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
