-- One command, one task; one task, one accepted result.
select 'command with several tasks' as what, idempotency_key as id from faults.commands
group by idempotency_key having count(distinct task_id) > 1
union all
select 'task nobody asked for', t.id::text from public.tasks t
where not exists (select from faults.commands c where c.task_id = t.id)
union all
select 'several results', task_id::text from public.task_attempts where state = 'succeeded'
group by task_id having count(*) > 1
union all
select 'several ends', task_id::text from public.task_events where type = 'task.ended'
group by task_id having count(*) > 1
