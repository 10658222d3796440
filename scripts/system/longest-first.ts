import * as sequencer from '@jest/test-sequencer';

// Its types are those of its CommonJS build.
const TestSequencer = sequencer.default as unknown as typeof sequencer.default.default;
type Tests = Parameters<InstanceType<typeof TestSequencer>['sort']>[0];

/** What takes about a minute, and would come last by its size where nothing has run before. */
const long = ['e2e/system/fault-cells.test.ts', 'shared/tests/isolation-matrix.test.ts'];

/** Jest's order, but for the files that everything else would have to wait for in the end. */
export default class LongestFirst extends TestSequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const isLong = ({ path }: Tests[number]) => long.some((end) => path.endsWith(end));
    const sorted = await super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
