import { randomUUID } from 'node:crypto';
import { testServer } from '@devsphere/shared/testing/test-server.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate } from '../embedded/migrate.ts';

/** `auth` and `storage` as a hosted project has them: owned by others, usable by `postgres` only as granted. */
const hostedSchemas = `
  do $$
  declare r text;
  begin
    foreach r in array array['supabase_auth_admin', 'supabase_storage_admin'] loop
      if not exists (select from pg_roles where rolname = r) then execute format('create role %I noinherit createrole login', r); end if;
    end loop;
  end $$;
  create schema auth authorization supabase_auth_admin;
  create schema storage authorization supabase_storage_admin;
  set role supabase_auth_admin;
  create table auth.users (id uuid primary key, email varchar(255), raw_user_meta_data jsonb, created_at timestamptz default now());
  create function auth.uid() returns uuid language sql stable as $f$
    select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'))::uuid
  $f$;
  grant usage on schema auth to anon, authenticated, service_role, postgres;
  grant all on auth.users to postgres;
  reset role;
  set role supabase_storage_admin;
  create table storage.buckets (id text primary key, name text not null, public boolean default false, file_size_limit bigint, allowed_mime_types text[]);
  create table storage.objects (id uuid primary key default gen_random_uuid(), bucket_id text references storage.buckets (id), name text, owner_id text, metadata jsonb);
  alter table storage.objects enable row level security;
  alter table storage.buckets enable row level security;
  create function storage.foldername(name text) returns text[] language sql immutable as $f$
    select (string_to_array(name, '/'))[1:cardinality(string_to_array(name, '/')) - 1]
  $f$;
  grant usage on schema storage to anon, authenticated, service_role, postgres;
  grant all on storage.objects, storage.buckets to anon, authenticated, service_role, postgres;
  reset role;
  grant supabase_storage_admin to postgres with inherit true, set true;
  alter schema public owner to postgres;
`;
const automaticGrants = `
  set role postgres;
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
  alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
  reset role;
`;

describe.each([
  ['gives API roles every new table (projects made before 30 October 2026)', automaticGrants],
  ['gives API roles nothing (newer projects)', ''],
])('a hosted project that %s', (_name, grants) => {
  const database = `hosted_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  let admin: pg.Client;

  beforeAll(async () => {
    const server = new pg.Client(testServer.url('supabase_admin', 'postgres'));
    await server.connect();
    await server.query(`create database ${database} owner supabase_admin`);
    await server.query(`grant create on database ${database} to postgres`);
    await server.end();
    admin = new pg.Client(testServer.url('supabase_admin', database));
    await admin.connect();
    await admin.query(hostedSchemas + grants);
  });
  afterAll(async () => {
    await admin.end();
    const server = new pg.Client(testServer.url('supabase_admin', 'postgres'));
    await server.connect();
    await server.query(`drop database ${database} with (force)`);
    await server.end();
  });

  test('takes every migration from an owner who is no superuser, and taking them again changes nothing', async () => {
    const { rows } = await admin.query(`select rolsuper from pg_roles where rolname = 'postgres'`);
    expect(rows).toEqual([{ rolsuper: false }]);
    await migrate(testServer.url('postgres', database));
    await migrate(testServer.url('postgres', database));
    expect(
      (await admin.query(`select to_regclass('public.tasks') is not null as there`)).rows,
    ).toEqual([{ there: true }]);
  });

  test('then grants the API roles the same as everywhere: reading, for people only', async () => {
    const { rows } = await admin.query(
      `select distinct grantee, privilege_type from information_schema.role_table_grants
       where table_schema = 'public' and grantee in ('anon', 'authenticated', 'service_role', 'PUBLIC')
         -- Public by nature; the catalogue test lists these tables one by one.
         and not (grantee = 'anon' and (table_name like 'status\\_%' or table_name = 'incident_updates'))`,
    );
    expect(rows).toEqual([{ grantee: 'authenticated', privilege_type: 'SELECT' }]);
    const functions = await admin.query(
      `select proname from pg_proc where pronamespace = 'public'::regnamespace or (pronamespace = 'app'::regnamespace and has_function_privilege('anon', oid, 'execute') and proname not like 'claim%'
         -- Whoever has the link of an invitation may read it before signing in.
         and proname not in ('read_invitation', 'read_approval_link', 'answer_approval_link'))`,
    );
    expect(functions.rows).toEqual([]);
  });

  test('makes the profile and the personal organisation when its own sign-in service adds a person', async () => {
    const id = randomUUID();
    await admin.query('set role supabase_auth_admin');
    await admin.query(
      `insert into auth.users (id, email, raw_user_meta_data) values ($1, 'ada@example.test', '{"display_name": "Ada"}')`,
      [id],
    );
    await admin.query('reset role');
    const { rows } = await admin.query(
      'select display_name, role from profiles join memberships using (user_id) where user_id = $1',
      [id],
    );
    expect(rows).toEqual([{ display_name: 'Ada', role: 'owner' }]);
  });
});
