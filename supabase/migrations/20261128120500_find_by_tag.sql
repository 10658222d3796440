-- Tasks are found by their tags without a look at all the others: what contains what is no operator that row-level security
-- lets an index answer, equality is.

create table public.task_tags (
  org_id uuid not null,
  tag text not null,
  task_id uuid not null,
  constraint task_tags_pkey primary key (org_id, tag, task_id),
  constraint task_tags_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade
);
comment on table public.task_tags is 'The tags of tasks, one a row, for finding them; kept equal to tasks.tags by the database itself.';
create index task_tags_task_idx on public.task_tags (org_id, task_id);

insert into public.task_tags (org_id, tag, task_id)
  select distinct t.org_id, tag, t.id from public.tasks t, unnest(t.tags) as tag;

revoke all on public.task_tags from public, anon, authenticated, service_role;
grant select on public.task_tags to authenticated, devsphere_api_key;

create function app.keep_task_tags() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    if tg_op = 'UPDATE' then
      delete from public.task_tags g where g.org_id = old.org_id and g.task_id = old.id and g.tag <> all (new.tags);
    end if;
    insert into public.task_tags (org_id, tag, task_id)
      select new.org_id, tag, new.id from unnest(new.tags) as tag
      on conflict do nothing;
    return null;
  end
  $$;
comment on function app.keep_task_tags() is 'Nobody may write task_tags but this.';
revoke all on function app.keep_task_tags() from public;
create trigger tasks_keep_new_tags after insert on public.tasks
  for each row when (cardinality(new.tags) > 0) execute function app.keep_task_tags();
create trigger tasks_keep_changed_tags after update of tags on public.tasks
  for each row when (old.tags is distinct from new.tags) execute function app.keep_task_tags();

alter table public.task_tags enable row level security;
alter table public.task_tags force row level security;
create policy "who reads tasks reads their tags" on public.task_tags for select to authenticated, devsphere_api_key
  using (org_id in (select app.permitted_org_ids('tasks.read')));
create policy "nobody inserts tags" on public.task_tags for insert to authenticated with check (false);
create policy "nobody updates tags" on public.task_tags for update to authenticated using (false) with check (false);
create policy "nobody deletes tags" on public.task_tags for delete to authenticated using (false);
