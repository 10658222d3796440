export const templateName = 'devsphere_template';

/** Where the run's PostgreSQL is; passed from the set-up to the test files through the environment. */
export const testServer = {
  jwtSecret: 'a-secret-of-the-tests-that-is-long-enough',

  publish({ port, password }: { port: number; password: string }): void {
    process.env.DEVSPHERE_TEST_SERVER = `${password}@127.0.0.1:${port}`;
  },

  /** Remembers where it is now; returns what tells the environment so again, after another was published. */
  remember(): () => void {
    const place = process.env.DEVSPHERE_TEST_SERVER;
    return () => {
      if (place === undefined) delete process.env.DEVSPHERE_TEST_SERVER;
      else process.env.DEVSPHERE_TEST_SERVER = place;
    };
  },

  /** Connection address of a role; the roles of the test server share one password. */
  url(role: string, database: string): string {
    const place = process.env.DEVSPHERE_TEST_SERVER;
    if (!place) throw new Error('The test server is not running: start tests with npm test.');
    return `postgresql://${role}:${place}/${database}?sslmode=disable`;
  },
};
