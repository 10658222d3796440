-- One entry per request, equal to the provider's own log and in the right books. Calls whose reply was lost were found in its
-- report: an entry of one call alone is exact too, where its request is known, and the sum of all is the log's, for each model.
select 'entry the provider did not bill' as what, u.provider_request_id as id from public.usage_entries u
where u.source = 'reply' and not exists (select from faults.calls c where c.request_id = u.provider_request_id and c.billed)
union all
select 'several entries for one request', provider_request_id from public.usage_entries
group by provider_request_id having count(*) > 1
union all
select 'entry and bill differ', u.provider_request_id from public.usage_entries u
join faults.calls c on c.request_id = u.provider_request_id
where (u.org_id, u.model) is distinct from (c.org_id, c.model)
  or u.source <> 'share' and (u.input_tokens, u.cache_read_tokens, u.cache_write_tokens, u.output_tokens)
    is distinct from (c.input_tokens, c.cache_read_tokens, c.cache_write_tokens, c.output_tokens)
union all
select 'ledger and log differ', coalesce(ours.model, theirs.model) from (
  select model, sum(input_tokens) as input, sum(cache_read_tokens) as read, sum(cache_write_tokens) as written, sum(output_tokens) as output
  from public.usage_entries group by model) as ours
full join (
  select model, sum(input_tokens) as input, sum(cache_read_tokens) as read, sum(cache_write_tokens) as written, sum(output_tokens) as output
  from faults.calls where billed group by model) as theirs on theirs.model = ours.model
where (ours.input, ours.read, ours.written, ours.output) is distinct from (theirs.input, theirs.read, theirs.written, theirs.output)
union all
-- Its reply is booked and its outcome is not known: what is found in the report is booked once more.
select 'a reply is booked of a call that is ' || l.state, l.id::text from public.usage_entries u
join public.llm_calls l on l.org_id = u.org_id and l.id = u.llm_call_id where u.source = 'reply' and l.state <> 'completed'
union all
select 'a call of unknown outcome is left', id::text from public.llm_calls where state = 'unknown'
union all
select 'a call left open', id::text from public.llm_calls where state = 'started'
