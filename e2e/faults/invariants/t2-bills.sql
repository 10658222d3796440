-- One entry per request, equal to the provider's own log; what has no entry is remembered as unknown.
select 'entry the provider did not bill' as what, u.provider_request_id as id from public.usage_entries u
where not exists (select from faults.calls c where c.request_id = u.provider_request_id and c.billed)
union all
select 'entry and bill differ', u.provider_request_id from public.usage_entries u
join faults.calls c on c.request_id = u.provider_request_id
where (u.input_tokens, u.cache_read_tokens, u.cache_write_tokens, u.output_tokens)
  is distinct from (c.input_tokens, c.cache_read_tokens, c.cache_write_tokens, c.output_tokens)
union all
select 'bills without entry or unknown call', (bills.n - unknown.n)::text
from (select count(*) as n from faults.calls c where c.billed
        and not exists (select from public.usage_entries u where u.provider_request_id = c.request_id)) as bills,
     (select count(*) as n from public.llm_calls where state = 'unknown') as unknown
where bills.n > unknown.n
union all
select 'a call left open', id::text from public.llm_calls where state = 'started'
