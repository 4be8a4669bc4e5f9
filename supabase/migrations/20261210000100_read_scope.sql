-- A key reads only with the scope to read: the database holds it to that, whichever door it came through.

create function private.reading_agent_id() returns uuid
language sql stable security definer set search_path = ''
return (select k.agent_id from (select (private.api_key()).*) k where 'read' = any(k.scopes));
comment on function private.reading_agent_id is 'The agent whose key the caller showed, if that key may read; else null.';
grant execute on function private.reading_agent_id() to agent;

alter policy "an agent sees itself" on public.agents using (id = (select private.reading_agent_id()));
alter policy "an agent sees its wallets" on public.wallets using (agent_id = (select private.reading_agent_id()));
alter policy "an agent sees its own intents" on public.intents using (agent_id = (select private.reading_agent_id()));
alter policy "an agent sees its person's contacts" on public.contacts
  using ((select private.reading_agent_id()) is not null and owner_id = (select private.owner_id()));
alter policy "an agent sees the guards that hold for it" on public.guard_sets
  using (wallet_set_id = (select private.wallet_set_id()) and (select private.reading_agent_id()) is not null
    and (agent_id is null or agent_id = (select private.reading_agent_id())));
