export const templateName = 'devsphere_template';

/** Where the run's PostgreSQL is; passed from the set-up to the test files through the environment. */
export const testServer = {
  jwtSecret: 'a-secret-of-the-tests-that-is-long-enough',

  publish({ port, password }: { port: number; password: string }): void {
    process.env.DEVSPHERE_TEST_SERVER = `${password}@127.0.0.1:${port}`;
  },

  /** Connection address of a role; the roles of the test server share one password. */
  url(role: string, database: string): string {
    const place = process.env.DEVSPHERE_TEST_SERVER;
    if (!place) throw new Error('The test server is not running: start tests with npm test.');
    return `postgresql://${role}:${place}/${database}?sslmode=disable`;
  },
};
