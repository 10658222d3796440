-- One entry per request, equal to the provider's own log and in the right books; what has no entry is remembered as unknown.
select 'entry the provider did not bill' as what, u.provider_request_id as id from public.usage_entries u
where not exists (select from faults.calls c where c.request_id = u.provider_request_id and c.billed)
union all
select 'several entries for one request', provider_request_id from public.usage_entries
group by provider_request_id having count(*) > 1
union all
select 'entry and bill differ', u.provider_request_id from public.usage_entries u
join faults.calls c on c.request_id = u.provider_request_id
where (u.org_id, u.model, u.input_tokens, u.cache_read_tokens, u.cache_write_tokens, u.output_tokens)
  is distinct from (c.org_id, c.model, c.input_tokens, c.cache_read_tokens, c.cache_write_tokens, c.output_tokens)
union all
select format('%s bills of %s without entry, %s unknown calls', coalesce(bills.n, 0), bills.model, coalesce(unknown.n, 0)), bills.org_id::text
from (select c.org_id, c.model, count(*) as n from faults.calls c where c.billed
        and not exists (select from public.usage_entries u where u.provider_request_id = c.request_id)
      group by c.org_id, c.model) as bills
left join (select org_id, model, count(*) as n from public.llm_calls l where state = 'unknown'
             and not exists (select from public.usage_entries u where u.org_id = l.org_id and u.llm_call_id = l.id)
           group by org_id, model) as unknown
  on unknown.org_id = bills.org_id and unknown.model = bills.model
where bills.n > coalesce(unknown.n, 0)
union all
select 'a call left open', id::text from public.llm_calls where state = 'started'
