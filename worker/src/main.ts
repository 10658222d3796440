import { fileURLToPath } from 'node:url';
import { runWorker } from './run-worker.ts';

await runWorker(fileURLToPath(import.meta.url));
