-- Streamed text arrives as many small events. Once a task has ended they are merged, and remember where each was.

alter table public.tasks add column events_compacted_at timestamptz;
comment on column public.tasks.events_compacted_at is 'When the streamed text of its events was merged; a retry that ends later is merged again.';
comment on column public.task_events.data is
  'By type. Merged text has parts as well, [sequence, characters] of each event it was: it stands at the sequence number of the last, and a reader that had some of them gets the rest.';
create index tasks_uncompacted_idx on public.tasks (ended_at)
  where ended_at is not null and (events_compacted_at is null or events_compacted_at < ended_at);

create function app.compact_events(after_minutes integer, at_most integer, out tasks integer, out events integer)
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    with ended as (
      -- Never while somebody may still be reading it as it comes, whatever the setting.
      select t.org_id, t.id from public.tasks t
      where t.ended_at < now() - make_interval(mins => greatest(after_minutes, 1))
        and (t.events_compacted_at is null or t.events_compacted_at < t.ended_at)
      order by t.ended_at limit at_most for update skip locked
    ), seen as (
      -- Neighbours of one step get the same island; what is merged already stays as it is.
      select e.org_id, e.task_id, e.seq, e.data ->> 'step' as step, e.data ->> 'delta' as delta,
             e.type = 'text' and not e.data ? 'parts' as is_plain,
             row_number() over (partition by e.org_id, e.task_id order by e.seq)
             - row_number() over (partition by e.org_id, e.task_id, e.type = 'text' and not e.data ? 'parts', e.data ->> 'step' order by e.seq) as island
      from ended join public.task_events e on e.org_id = ended.org_id and e.task_id = ended.id
    ), sized as (
      select *, sum(char_length(delta)) over (partition by org_id, task_id, step, island order by seq) as characters
      from seen where is_plain
    ), merged as (
      -- A piece of 8,192 characters at most, so that a page of events stays small.
      select org_id, task_id, step, max(seq) as seq, string_agg(delta, '' order by seq) as delta,
             jsonb_agg(jsonb_build_array(seq, char_length(delta)) order by seq) as parts
      from sized group by org_id, task_id, step, island, (characters - 1) / 8192 having count(*) > 1
    ), written as (
      update public.task_events e
      set data = jsonb_build_object('step', m.step, 'delta', m.delta, 'parts', m.parts)
      from merged m where e.org_id = m.org_id and e.task_id = m.task_id and e.seq = m.seq
    ), dropped as (
      delete from public.task_events e using merged m, jsonb_array_elements(m.parts) as part
      where e.org_id = m.org_id and e.task_id = m.task_id and e.seq = (part ->> 0)::bigint and e.seq < m.seq
      returning 1
    ), marked as (
      update public.tasks t set events_compacted_at = now() from ended
      where t.org_id = ended.org_id and t.id = ended.id
      returning 1
    )
    select (select count(*) from marked), (select count(*) from dropped) into tasks, events;
  end
  $$;
comment on function app.compact_events(integer, integer) is
  'For upkeep: merges the streamed text of some tasks that ended so many minutes ago, of whichever organisation, without showing any. Returns of how many, and how many events that spared.';
revoke all on function app.compact_events(integer, integer) from public;
grant execute on function app.compact_events(integer, integer) to devsphere_system;
