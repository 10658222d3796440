-- An organisation's canary is nowhere in what belongs to another, nor in any payload of the queue.
select 'canary in another organization' as what, t.id::text as id from public.tasks t
join canary.organizations c on c.org_id <> t.org_id
where position(c.mark in coalesce(t.output, '{}')::text || t.input::text || coalesce(t.error, '{}')::text) > 0
union all
select 'canary in another organization''s events', e.task_id::text from public.task_events e
join canary.organizations c on c.org_id <> e.org_id where position(c.mark in e.data::text) > 0
union all
select 'canary in an error', a.task_id::text from public.task_attempts a, canary.organizations c
where position(c.mark in coalesce(a.error, '{}')::text) > 0
union all
select 'canary in a payload', j.id::text from pgboss.job j, canary.organizations c
where position(c.mark in coalesce(j.data, '{}')::text || coalesce(j.output, '{}')::text) > 0
