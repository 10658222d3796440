-- A submission may say how long it waits at most, how long a run takes at most, and what it is called by whoever made it.

alter table public.tasks
  add column expires_at timestamptz,
  add column deadline_seconds integer,
  add column tags text[] not null default '{}',
  add column metadata jsonb not null default '{}',
  add constraint tasks_deadline_bounded check (deadline_seconds between 1 and 86400),
  add constraint tasks_tags_bounded check (cardinality(tags) <= 10),
  add constraint tasks_metadata_size check (pg_column_size(metadata) <= 8192);
comment on column public.tasks.expires_at is 'Not started by then, it expires; null waits for as long as it takes.';
comment on column public.tasks.deadline_seconds is 'Longest one attempt may take, where that is shorter than the kind allows.';
comment on column public.tasks.tags is 'Words of whoever submitted it, to find it by.';
comment on column public.tasks.metadata is 'Texts by name of whoever submitted it; nothing here reads them.';

grant insert (expires_at, deadline_seconds, tags, metadata) on public.tasks to devsphere_member, devsphere_api_key;
-- A task that is retried waits anew.
grant update (expires_at) on public.tasks to devsphere_member, devsphere_api_key, devsphere_operator;
grant select (expires_at, priority) on public.tasks to devsphere_operator;
