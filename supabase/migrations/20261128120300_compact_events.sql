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
  declare
    ended record;
    spared integer;
  begin
    tasks := 0;
    events := 0;
    for ended in
      -- Never while somebody may still be reading it as it comes, whatever the setting.
      select t.org_id, t.id from public.tasks t
      where t.ended_at < now() - make_interval(mins => greatest(after_minutes, 1))
        and (t.events_compacted_at is null or t.events_compacted_at < t.ended_at)
      order by t.ended_at limit at_most for update skip locked
    loop
      -- One task at a time: its few hundred events are read once, in order, by their key.
      with seen as (
        select e.seq, e.data ->> 'step' as step, e.data ->> 'delta' as delta,
               -- What is merged already stays as it is.
               e.type = 'text' and not e.data ? 'parts' as is_plain
        from public.task_events e where e.org_id = ended.org_id and e.task_id = ended.id
      ), placed as (
        -- Neighbours of one step get the same island.
        select *, row_number() over (order by seq) - row_number() over (partition by is_plain, step order by seq) as island
        from seen
      ), sized as (
        select *, sum(char_length(delta)) over (partition by step, island order by seq) as characters
        from placed where is_plain
      ), merged as (
        -- A piece of 8,192 characters at most, so that a page of events stays small.
        select step, min(seq) as first, max(seq) as last, string_agg(delta, '' order by seq) as delta,
               jsonb_agg(jsonb_build_array(seq, char_length(delta)) order by seq) as parts
        from sized group by step, island, (characters - 1) / 8192 having count(*) > 1
      ), written as (
        update public.task_events e
        set data = jsonb_build_object('step', m.step, 'delta', m.delta, 'parts', m.parts)
        from merged m where e.org_id = ended.org_id and e.task_id = ended.id and e.seq = m.last
      ), dropped as (
        delete from public.task_events e using merged m
        where e.org_id = ended.org_id and e.task_id = ended.id and e.seq >= m.first and e.seq < m.last
        returning 1
      )
      select count(*) from dropped into spared;
      update public.tasks t set events_compacted_at = now() where t.org_id = ended.org_id and t.id = ended.id;
      tasks := tasks + 1;
      events := events + spared;
    end loop;
  end
  $$;
comment on function app.compact_events(integer, integer) is
  'For upkeep: merges the streamed text of some tasks that ended so many minutes ago, of whichever organisation, without showing any. Returns of how many, and how many events that spared.';
revoke all on function app.compact_events(integer, integer) from public;
grant execute on function app.compact_events(integer, integer) to devsphere_system;
