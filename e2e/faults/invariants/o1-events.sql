-- Sequences have no gap but for merged text, which names what it was made of, the last event agrees with the row, attempts rise, and what streamed last is what was stored.
select 'gap' as what, t.id::text as id from public.tasks t left join public.task_events e on e.task_id = t.id
group by t.org_id, t.id having coalesce(sum(coalesce(jsonb_array_length(e.data -> 'parts'), 1)) filter (where e.seq is not null), 0) <> t.event_seq or coalesce(max(e.seq), 0) <> t.event_seq
union all
select 'last event disagrees', t.id::text from public.tasks t
join public.task_events e on e.task_id = t.id and e.seq = t.event_seq
where e.type <> 'task.ended' or e.data ->> 'state' is distinct from t.state
union all
select 'attempts out of order', id from (
  select task_id::text as id, (data ->> 'attempt')::int as n,
         lag((data ->> 'attempt')::int) over (partition by task_id order by seq) as before
  from public.task_events where type = 'attempt.started') as started
where n <= before
union all
select 'stream differs from result', t.id::text from public.tasks t
where t.state = 'succeeded' and t.kind = 'assistant.prompt'
  and exists (select from public.task_steps s where s.task_id = t.id and s.attempt = t.attempt)
  and t.output ->> 'markdown' is distinct from (
    select string_agg(e.data ->> 'delta', '' order by e.seq) from public.task_events e
    where e.task_id = t.id and e.type = 'text' and e.seq > (
      select max(s.seq) from public.task_events s where s.task_id = t.id and s.type = 'attempt.started'))
