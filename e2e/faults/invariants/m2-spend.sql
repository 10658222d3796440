-- Nobody spends more than their budget and one call under way of each worker.
select 'spent more than the budget' as what, b.org_id::text as id from public.budgets b
join public.usage_entries u on u.org_id = b.org_id and u.created_at >= date_trunc('month', now(), 'UTC')
group by b.org_id, b.monthly_limit_nano_usd
having sum(u.cost_nano_usd) > b.monthly_limit_nano_usd + max(u.cost_nano_usd) * (
  select count(distinct worker) from public.task_attempts)
