-- What a lab keeps beside the product's own tables: what was asked for, what arrived, the provider's log, and who wrote what too late.

create schema faults;
create table faults.commands (idempotency_key text, task_id uuid);
create table faults.arrived (message_id text);
create table faults.calls (
  request_id text primary key, billed boolean, outcome text, stop_reason text, model text, org_id uuid, task_id uuid,
  received_at timestamptz, ended_at timestamptz,
  input_tokens bigint, cache_read_tokens bigint, cache_write_tokens bigint, output_tokens bigint
);
create table faults.stale_writes (what text, task_id uuid, writer text, attempt integer, current_attempt integer);

-- A worker writes as devsphere_task on connections that carry its name, and so does the row of its attempt. What is written
-- while a task runs is written by the worker of its current attempt; what names an attempt names the current one.
create function faults.note_write() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  writer text := regexp_replace(current_setting('application_name'), '-intake$', '');
  written jsonb := to_jsonb(new);
  task public.tasks;
  holder text;
  attempt integer;
  -- Whether the task itself was written in this transaction, which its fence lets through.
  written_with boolean;
begin
  if current_setting('role') <> 'devsphere_task' then return null; end if;
  select * into task from public.tasks t
    where t.org_id = new.org_id and t.id = coalesce(written ->> 'task_id', written ->> 'id')::uuid;
  select a.worker into holder from public.task_attempts a
    where a.org_id = task.org_id and a.task_id = task.id and a.attempt = task.attempt;
  attempt := case tg_table_name
    when 'usage_entries' then
      (select c.attempt from public.llm_calls c where c.org_id = new.org_id and c.id = (written ->> 'llm_call_id')::uuid)
    else coalesce((written ->> 'attempt')::integer, task.attempt) end;
  select t.xmin = pg_current_xact_id()::xid into written_with from public.tasks t where t.org_id = task.org_id and t.id = task.id;
  if attempt < task.attempt
    or (tg_table_name = 'task_events' and task.state <> 'running' and not written_with)
    or (writer <> holder and (tg_table_name = 'tasks' or task.state = 'running')) then
    insert into faults.stale_writes values (tg_op || ' ' || tg_table_name, task.id, writer, attempt, task.attempt);
  end if;
  return null;
end $$;

-- How often somebody was refused a write. A sequence: what it counted stays when the transaction is rolled back.
create sequence faults.refusals minvalue 0 start 0;
select nextval('faults.refusals');
alter function app.fence(bigint, bigint) rename to fence_itself;
create function app.fence(hit bigint, wanted bigint) returns boolean
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    if hit is distinct from wanted then perform nextval('faults.refusals'); end if;
    return app.fence_itself(hit, wanted);
  end
  $$;

create trigger note_write after insert on public.llm_calls for each row execute function faults.note_write();
create trigger note_write after insert on public.task_steps for each row execute function faults.note_write();
create trigger note_write after insert on public.usage_entries for each row execute function faults.note_write();
create trigger note_write after insert on public.task_events for each row execute function faults.note_write();
-- Whoever takes over closes what the one before left open.
create trigger note_update after update on public.task_attempts for each row
  when (new.state <> 'lost') execute function faults.note_write();
create trigger note_update after update on public.llm_calls for each row
  when (new.state = 'completed') execute function faults.note_write();
-- A task that waits is nobody's: workers that look may say why it waits.
create trigger note_update after update on public.tasks for each row
  when (old.state = 'running' and
    (old.state, old.event_seq, old.output, old.cost_nano_usd) is distinct from (new.state, new.event_seq, new.output, new.cost_nano_usd))
  execute function faults.note_write();
