import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import { runStatement } from './run-statement.ts';
import type { DB } from './schema.generated.ts';

const builders = new WeakMap<pg.ClientBase, Kysely<DB>>();

/** The query builder of one connection; statements are prepared under a name made from their text. */
export function kyselyOn(client: pg.ClientBase): Kysely<DB> {
  const known = builders.get(client);
  if (known) return known;
  const builder = new Kysely<DB>({ dialect: dialectOn(client) });
  builders.set(client, builder);
  return builder;
}

function dialectOn(client: pg.ClientBase): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await runStatement(client, query.sql, query.parameters);
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
    streamQuery() {
      throw new Error('streaming queries are not used: every list is bounded');
    },
  };
  const refuse = async () => {
    throw new Error('transactions are opened by asActor and asSystem only');
  };
  return {
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      releaseConnection: async () => {},
      destroy: async () => {},
    }),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
