import {
  openTestServer,
  type TestServer,
  type TestServerOptions,
} from '@devsphere/shared/testing/open-test-server.ts';
import { testServer } from '@devsphere/shared/testing/test-server.ts';

/** How a cell's own database server is made; returns what is to be undone after it was stopped. */
export type OwnServer = () => Promise<{ options: TestServerOptions; undo: () => Promise<void> }>;

/** Runs `work` on a server that only it has, where it asks for one: other cells' databases must not go down with it. */
export async function onOwnServer(
  own: OwnServer | undefined,
  work: (server: TestServer | undefined) => Promise<undefined>,
): Promise<undefined> {
  if (!own) return work(undefined);
  const goBack = testServer.remember();
  const { options, undo } = await own();
  try {
    // As in production: what a crash may lose must not be hidden by a database that never waits for its disk.
    const server = await openTestServer({ durable: true, ...options });
    try {
      await work(server);
    } finally {
      if (!server.isRunning()) await server.start();
      await server.stop();
    }
  } finally {
    await undo();
    goBack();
  }
}
