import pg from 'pg';

/** What pg's queries do with the server's messages; its types leave this out. */
type WireQuery = {
  name: string;
  text: string;
  submit(connection: WireConnection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleEmptyQuery(connection: WireConnection): void;
  handleCommandComplete(message: unknown, connection: WireConnection): void;
  handleReadyForQuery(connection: WireConnection): void;
  handleError(error: unknown, connection: WireConnection): void;
};

type WireConnection = pg.Connection & {
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
};

type Done = (error: Error | null, result: pg.QueryResult) => void;
export type Statement = { name: string; text: string; values: unknown[] };

const WireQuery = pg.Query as unknown as new (statement: Statement, done?: Done) => WireQuery;

/**
 * Several prepared statements behind one Sync: one packet there and one back, where pg alone sends a Sync, and the
 * server an answer, for each. The first error ends the batch: the server skips the rest, which fail with that error.
 * Source: "Pipelining" in PostgreSQL's description of its extended query protocol.
 */
export class StatementBatch extends WireQuery {
  readonly #queries: WireQuery[];
  #at = 0;
  #failure: Error | null = null;

  constructor(statements: { statement: Statement; done: Done }[]) {
    super({ name: '', text: '', values: [] });
    this.#queries = statements.map(
      ({ statement, done }) =>
        new WireQuery(statement, (error, result) => {
          this.#failure ??= error;
          done(error, result);
        }),
    );
    this.#beCurrent();
  }

  override submit(connection: WireConnection): null {
    const withoutSync: WireConnection = Object.create(connection, { sync: { value: () => {} } });
    connection.stream.cork();
    for (const [index, query] of this.#queries.entries()) {
      const refused = query.submit(withoutSync);
      if (refused) query.handleError(refused, withoutSync);
      if (!this.#failure) continue;
      // Its values could not be put into a message: nothing behind it may run, a commit least of all.
      for (const later of this.#queries.splice(index).slice(1))
        later.handleError(this.#failure, withoutSync);
      break;
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  override handleRowDescription(message: unknown): void {
    this.#queries[this.#at]?.handleRowDescription(message);
  }

  override handleDataRow(message: unknown): void {
    this.#queries[this.#at]?.handleDataRow(message);
  }

  override handleEmptyQuery(connection: WireConnection): void {
    this.#queries[this.#at]?.handleReadyForQuery(connection);
    this.#next();
  }

  override handleCommandComplete(message: unknown, connection: WireConnection): void {
    const query = this.#queries[this.#at];
    query?.handleCommandComplete(message, connection);
    query?.handleReadyForQuery(connection);
    this.#next();
  }

  override handleError(error: unknown, connection: WireConnection): void {
    for (const query of this.#queries.slice(this.#at)) {
      // Skipped by the server, so it must be sent whole the next time.
      delete connection.submittedNamedStatements[query.name];
      query.handleError(error, connection);
    }
    this.#at = this.#queries.length;
  }

  override handleReadyForQuery(): void {
    // Each statement was answered when it was done.
  }

  #next(): void {
    this.#at++;
    this.#beCurrent();
  }

  // The client books a finished Parse under the name of the query it takes to be running.
  #beCurrent(): void {
    const query = this.#queries[this.#at];
    if (!query) return;
    this.name = query.name;
    this.text = query.text;
  }
}
