-- Submissions of one key that come shortly after each other become one task, with what the last of them said.

alter table public.tasks
  add column debounce_key text,
  add column debounce_until timestamptz,
  add constraint tasks_debounce_key_length check (char_length(debounce_key) between 1 and 200),
  add constraint tasks_debounce_together check ((debounce_key is null) = (debounce_until is null));
comment on column public.tasks.debounce_key is 'Later submissions of its kind with this key replace its input until it starts.';
comment on column public.tasks.debounce_until is 'Put off no longer than this, however many submissions come.';
create index tasks_debounce_idx on public.tasks (org_id, kind, debounce_key)
  where debounce_key is not null and state = 'queued' and started_at is null;

create function app.guard_task_input() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if old.state <> 'queued' or old.started_at is not null or old.debounce_key is null then
      raise exception 'the input of a task changes only while it may still be replaced' using errcode = 'DS003';
    end if;
    return new;
  end
  $$;
revoke all on function app.guard_task_input() from public;
create trigger tasks_guard_input before update of input, title, request_hash on public.tasks
  for each row execute function app.guard_task_input();

grant update (debounce_key, debounce_until, input, title, request_hash, priority, deadline_seconds, tags, metadata)
  on public.tasks to devsphere_member, devsphere_api_key;
