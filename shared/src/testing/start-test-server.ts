import { openTestServer, type TestServerOptions } from './open-test-server.ts';

/** A test server for who only needs to stop it: returns what does. */
export async function startTestServer(
  options: TestServerOptions = {},
): Promise<() => Promise<void>> {
  const { stop } = await openTestServer(options);
  return stop;
}
