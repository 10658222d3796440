import { benchmarks } from '../bench/benchmarks.ts';
import { openLab } from '../bench/lab/lab.ts';
import { printReport } from '../bench/print-report.ts';

/** Runs the benchmarks named, or all. A missed threshold is printed, not punished: only what is broken fails. */
const say = (line: string) => process.stdout.write(`${line}\n`);
const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in benchmarks));
if (unknown) {
  say(`There is no benchmark "${unknown}". Known: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}
const lab = await openLab(say);
try {
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (names.length > 0 && !names.includes(name)) continue;
    say(`\n${benchmark.title}`);
    say(printReport(name, await benchmark.run(lab)));
  }
} finally {
  await lab.close();
}
process.exit(0);
