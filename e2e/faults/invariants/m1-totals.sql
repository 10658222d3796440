-- What a task says it cost is what its entries say.
select 'totals differ' as what, t.id::text as id from public.tasks t
left join public.usage_entries u on u.org_id = t.org_id and u.task_id = t.id
group by t.org_id, t.id
having (t.input_tokens, t.output_tokens, t.cost_nano_usd)
  is distinct from (coalesce(sum(u.input_tokens), 0), coalesce(sum(u.output_tokens), 0), coalesce(sum(u.cost_nano_usd), 0))
