import { createHash } from 'node:crypto';
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
import type { DB } from './schema.generated.ts';

const statementNames = new Map<string, string>();
const builders = new WeakMap<pg.ClientBase, Kysely<DB>>();

/** The query builder of one connection; statements are prepared under a name made from their text. */
export function kyselyOn(client: pg.ClientBase): Kysely<DB> {
  const known = builders.get(client);
  if (known) return known;
  const builder = new Kysely<DB>({ dialect: dialectOn(client) });
  builders.set(client, builder);
  return builder;
}

/** A short, stable name for a statement (PostgreSQL cuts names at 63 bytes). */
export function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known) return known;
  const name = createHash('sha1').update(text).digest('hex');
  // Statements with a varying number of parameters must not grow this for ever.
  if (statementNames.size > 5_000) statementNames.clear();
  statementNames.set(text, name);
  return name;
}

function dialectOn(client: pg.ClientBase): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await client.query({
        name: statementName(query.sql),
        text: query.sql,
        values: query.parameters as unknown[],
      });
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
