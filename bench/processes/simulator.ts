import { createSimulator } from '../../simulator/src/server.ts';
import { leaveWithParent, tellReady } from './tell-parent.ts';

/** The Claude simulator; the argument is its pace in tokens per second, 0 for none. */
const tokensPerSecond = Number(process.argv[2] ?? 0);
const simulator = createSimulator({
  pace: { tokensPerSecond, firstTokenMs: tokensPerSecond > 0 ? 50 : 0 },
});
const url = await simulator.listen();
leaveWithParent(() => simulator.close());
tellReady(url);
