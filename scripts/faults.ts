import { missing } from '../e2e/faults/cells/missing.ts';
import { cells } from '../e2e/faults/cells.ts';
import { type CellResult, logsOf, runCell } from '../e2e/faults/run-cell.ts';
import { startTestServer } from '../shared/src/testing/start-test-server.ts';

/** Makes every fault under load and asks every invariant: `npm run test:faults -- ["part of a name"] [tasks] [seed]`. */
const [wanted = '', tasksAsked = '200', seedAsked] = process.argv.slice(2);
const tasks = Number(tasksAsked);
const seed = Number(seedAsked ?? Date.now() % 2_147_483_647);
/** What FAULTS gives a cell. More is told, and no failure: machines differ. */
const mostSeconds = 90;
const say = (line: string) => process.stdout.write(`${line}\n`);

say(`${tasks} tasks a cell, seed ${seed}`);
// As in production: what a crash may lose must not be hidden by a database that never waits for its disk.
const stopServer = await startTestServer({ durable: true });
const results: CellResult[] = [];
const notRun = [...missing].filter(({ name }) => name.includes(wanted));
try {
  for (const cell of cells.filter(({ name }) => name.includes(wanted))) {
    const because = await cell.unable?.();
    if (because) {
      notRun.push({ name: cell.name, because });
      continue;
    }
    const result = await runCell(cell, tasks, seed + results.length);
    results.push(result);
    const { name, survived, seconds, broken, facts } = result;
    const numbers = [`${result.tasks} tasks`, `${seconds.toFixed(1)} s`, ...facts];
    say(`${survived ? 'survived' : 'BROKEN  '}  ${name} (${numbers.join(', ')})`);
    if (seconds > mostSeconds) say(`too slow  ${name}: ${seconds.toFixed(1)} s of ${mostSeconds}`);
    for (const line of broken) say(`            ${line}`);
    if (!survived) say(`            logs: ${logsOf(cell)}`);
  }
} finally {
  await stopServer();
}
for (const { name, because } of notRun) say(`not run   ${name}: ${because}`);
const tooSlow = results.filter(({ seconds }) => seconds > mostSeconds).length;
say(
  `not run: ${notRun.length}${notRun.length > 0 ? ' (reasons above)' : ''}; too slow: ${tooSlow}`,
);
const sum = (of: (result: CellResult) => number) =>
  results.reduce((total, result) => total + of(result), 0);
const survived = results.filter((result) => result.survived).length;
say(
  `faults survived ${survived}/${results.length}, tasks ${sum((r) => r.tasks)}, lost ${sum((r) => r.lost)}, doubled ${sum((r) => r.doubled)}, ledger difference ${sum((r) => r.ledgerDifference)}`,
);
process.exit(survived === results.length ? 0 : 1);
