import { startTestServer } from '../shared/src/testing/start-test-server.ts';
import { runJest } from './system/run-jest.ts';

/** Sends many generated requests to every operation of the API: `npm run test:fuzz -- 1000` for so many each. */
const [cases = '300', seed = String(Date.now() % 2_147_483_647)] = process.argv.slice(2);
process.stdout.write(`${cases} cases an operation, seed ${seed}\n`);
const stopServer = await startTestServer();
const code = await runJest(['e2e/system/fuzz'], { FUZZ_CASES: cases, FUZZ_SEED: seed });
await stopServer();
process.exit(code);
