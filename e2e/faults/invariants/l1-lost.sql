-- Every command answered 2xx has its task, and every task has ended: none waits without anybody coming for it.
select 'no such task' as what, c.task_id::text as id from faults.commands c
where not exists (select from public.tasks t where t.id = c.task_id)
union all
select 'still ' || t.state, t.id::text from public.tasks t
where t.state not in ('succeeded', 'failed', 'cancelled', 'expired')
union all
select 'a job is left', j.id::text from pgboss.job j
where j.name in ('tasks.claude', 'tasks.claude.later', 'tasks.seo', 'tasks.seo.later', 'webhooks') and j.state in ('created', 'retry', 'active')
