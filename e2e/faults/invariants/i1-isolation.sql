-- An organisation's canary is nowhere in what belongs to another, nor in any payload of the queue.
select 'canary in another organization' as what, t.id::text as id from public.tasks t join faults.canaries c on c.org_id <> t.org_id
where position(c.canary in coalesce(t.output, '{}')::text || t.input::text || coalesce(t.error, '{}')::text) > 0
union all
select 'canary in another organization''s events', e.task_id::text from public.task_events e join faults.canaries c on c.org_id <> e.org_id
where position(c.canary in e.data::text) > 0
union all
select 'canary in a payload', j.id::text from pgboss.job j, faults.canaries c
where position(c.canary in coalesce(j.data, '{}')::text || coalesce(j.output, '{}')::text) > 0
