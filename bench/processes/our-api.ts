import { startApi } from '../../api/src/start-api.ts';
import { createTokenVerifier } from '../../shared/src/auth/verify-token.ts';
import { createLogger } from '../../shared/src/log.ts';
import { testSealing } from '../../shared/src/testing/test-sealing.ts';
import { testServer } from '../../shared/src/testing/test-server.ts';
import { leaveWithParent, tellReady } from './tell-parent.ts';

/** Our API as it runs in production, but that everybody may ask as often as they like. */
const [databaseUrl = ''] = process.argv.slice(2);
const plenty = { points: 1_000_000, seconds: 60 };
const api = await startApi({
  databaseUrl,
  verifyToken: createTokenVerifier({
    supabaseUrl: 'http://127.0.0.1:9',
    jwtSecret: testServer.jwtSecret,
  }),
  host: '127.0.0.1',
  port: 0,
  limits: { person: plenty },
  outgoing: { sealingKey: testSealing.sealingKey(), allowPrivateAddresses: false },
  log: createLogger('bench-api', 'silent'),
});
leaveWithParent(() => api.stop());
tellReady(api.url);
