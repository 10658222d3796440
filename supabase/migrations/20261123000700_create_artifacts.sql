-- Files a task made. The bytes are in Supabase Storage under <organisation>/<task>/; this is their list.

create table public.artifacts (
  org_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  name text not null,
  media_type text not null,
  path text not null,
  bytes bigint not null,
  sha256 text not null,
  created_at timestamptz not null default now(),
  constraint artifacts_pkey primary key (org_id, id),
  constraint artifacts_name_key unique (org_id, task_id, name),
  constraint artifacts_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade,
  constraint artifacts_name_shape check (name ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
  constraint artifacts_path_of_tenant check (path = org_id || '/' || task_id || '/' || name),
  constraint artifacts_bytes_bounded check (bytes between 0 and 52428800)
);
comment on table public.artifacts is 'Files a task made, kept in the bucket "artifacts".';
comment on column public.artifacts.path is 'Begins with the organisation: the bucket''s policies read it.';

revoke all on public.artifacts from public, anon, authenticated, service_role;
grant select on public.artifacts to authenticated, devsphere_task;
grant insert on public.artifacts to devsphere_task;

alter table public.artifacts enable row level security;
alter table public.artifacts force row level security;
create policy "members read artifacts" on public.artifacts for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "a task reads its artifacts" on public.artifacts for select to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task lists its artifacts" on public.artifacts for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "nobody updates artifacts" on public.artifacts for update to authenticated using (false) with check (false);
create policy "nobody deletes artifacts" on public.artifacts for delete to authenticated using (false);

insert into storage.buckets (id, name, public) values ('artifacts', 'artifacts', false) on conflict (id) do nothing;

-- The worker uploads as the task: with a token of a minute that only our worker can sign, whose claim names the task.
-- Supabase's storage knows no roles but its own, so the token's role is "authenticated", and its subject is nobody.
create function app.claim_upload_path() returns text
  language sql stable set search_path = ''
  as $$ select (app.claims() -> 'devsphere_task' ->> 'org_id') || '/' || (app.claims() -> 'devsphere_task' ->> 'task_id') || '/' $$;
comment on function app.claim_upload_path() is 'Folder in which this token may store files; null for a person''s token.';
revoke all on function app.claim_upload_path() from public;
grant execute on function app.claim_upload_path() to authenticated;

-- Hosted projects have these grants; where they do, granting again changes nothing.
grant usage on schema storage to authenticated;
grant select, insert, update on storage.objects to authenticated;
grant select on storage.buckets to authenticated;

create policy "people and tasks see the bucket of artifacts" on storage.buckets for select to authenticated using (id = 'artifacts');
create policy "members read files of their organizations" on storage.objects for select to authenticated
  using (bucket_id = 'artifacts' and (storage.foldername(name))[1] in (select id::text from app.member_org_ids('viewer') as id));
create policy "a task reads its files" on storage.objects for select to authenticated
  using (bucket_id = 'artifacts' and starts_with(name, (select app.claim_upload_path())));
create policy "a task stores its files" on storage.objects for insert to authenticated
  with check (bucket_id = 'artifacts' and starts_with(name, (select app.claim_upload_path())));
create policy "a task replaces its files" on storage.objects for update to authenticated
  using (bucket_id = 'artifacts' and starts_with(name, (select app.claim_upload_path())))
  with check (bucket_id = 'artifacts' and starts_with(name, (select app.claim_upload_path())));
