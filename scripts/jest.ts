import { startTestServer } from '../shared/src/testing/start-test-server.ts';
import { runJest } from './system/run-jest.ts';

/** Runs Jest with a PostgreSQL beside it; arguments are Jest's own, such as a part of a path. */
const stopServer = await startTestServer();
const code = await runJest(process.argv.slice(2));
await stopServer();
process.exit(code);
