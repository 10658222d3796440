import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** The other half of `watchdog.ts`: a thread that goes on turning when the event loop of the process doesn't. */
const { beats, blockedSeconds } = workerData as { beats: Int32Array; blockedSeconds: number };
const never = new Int32Array(new SharedArrayBuffer(4));

let seen = Atomics.load(beats, 0);
// Looks are counted rather than time: a process that slept with its machine is not blocked.
for (let missed = 0; missed < blockedSeconds; ) {
  Atomics.wait(never, 0, 0, 1_000);
  const now = Atomics.load(beats, 0);
  missed = now === seen ? missed + 1 : 0;
  seen = now;
}
const line = {
  level: 60,
  time: Date.now(),
  pid: process.pid,
  name: 'watchdog',
  msg: `the event loop has been blocked for ${blockedSeconds} s: the process ends`,
};
// Straight to the descriptor: the streams of this thread go through the loop that is blocked.
writeSync(2, `${JSON.stringify(line)}\n`);
process.kill(process.pid, 'SIGKILL');
