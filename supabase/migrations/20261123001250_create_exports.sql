-- Everything an organisation owns as a file: made by a job as the owner who asked, kept for a week, downloaded under RLS.

create table public.exports (
  org_id uuid not null,
  id uuid not null,
  state text not null default 'queued',
  requested_by uuid not null,
  path text not null,
  bytes bigint,
  row_count bigint,
  error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  expires_at timestamptz,
  constraint exports_pkey primary key (org_id, id),
  constraint exports_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint exports_state_known check (state in ('queued', 'ready', 'failed', 'expired')),
  constraint exports_path_of_tenant check (path = org_id || '/' || id || '.zip'),
  constraint exports_bytes_not_negative check (bytes >= 0 and row_count >= 0),
  constraint exports_error_length check (char_length(error) <= 300),
  constraint exports_finished_when_over check ((state = 'queued') = (finished_at is null)),
  constraint exports_ready_has_file check (state <> 'ready' or (bytes is not null and expires_at is not null))
);
comment on table public.exports is 'Files of everything an organisation owns, kept in the bucket "exports" until they expire.';
create unique index exports_queued_idx on public.exports (org_id) where state = 'queued';
create index exports_due_idx on public.exports (expires_at) where state = 'ready';

revoke all on public.exports from public, anon, authenticated, service_role;
grant select on public.exports to authenticated;
grant insert (org_id, id, requested_by, path) on public.exports to devsphere_member;
grant select (org_id, id, state, requested_by, path, expires_at) on public.exports to devsphere_system;
grant update (state, bytes, row_count, error, finished_at, expires_at) on public.exports to devsphere_system;

alter table public.exports enable row level security;
alter table public.exports force row level security;
create policy "who may export reads exports" on public.exports for select to authenticated
  using (org_id in (select app.permitted_org_ids('organization.export')));
create policy "who may export asks for exports as themselves" on public.exports for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('organization.export')) and requested_by = (select auth.uid()) and state = 'queued');
create policy "nobody updates exports" on public.exports for update to authenticated using (false) with check (false);
create policy "nobody deletes exports" on public.exports for delete to authenticated using (false);
create policy "workers read which exports are due" on public.exports for select to devsphere_system using (true);
create policy "workers settle exports" on public.exports for update to devsphere_system
  using (state in ('queued', 'ready')) with check (state <> 'queued');

insert into storage.buckets (id, name, public) values ('exports', 'exports', false) on conflict (id) do nothing;

create function app.claim_export_path() returns text
  language plpgsql stable set search_path = ''
  as $$ begin return app.claims() -> 'devsphere_export' ->> 'path'; end $$;
comment on function app.claim_export_path() is 'The one export this token may store; null for a person''s token.';
revoke all on function app.claim_export_path() from public;
grant execute on function app.claim_export_path() to authenticated;

create policy "people see the bucket of exports" on storage.buckets for select to authenticated using (id = 'exports');
create policy "who may export reads files that have not expired" on storage.objects for select to authenticated
  using (bucket_id = 'exports' and name in (select e.path from public.exports e where e.state = 'ready' and e.expires_at > now()));
create policy "an export sees its file" on storage.objects for select to authenticated
  using (bucket_id = 'exports' and name = (select app.claim_export_path()));
create policy "an export stores its file" on storage.objects for insert to authenticated
  with check (bucket_id = 'exports' and name = (select app.claim_export_path()));
create policy "an export replaces its file" on storage.objects for update to authenticated
  using (bucket_id = 'exports' and name = (select app.claim_export_path()))
  with check (bucket_id = 'exports' and name = (select app.claim_export_path()));
