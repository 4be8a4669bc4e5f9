-- Chapter 12: who sees what. Browsers read, and only read; every line that lets someone see a row is on this page.

create function private.session_secret_hash() returns bytea
language sql stable set search_path = ''
return decode(private.claims() ->> 'session_secret_hash', 'hex');
comment on function private.session_secret_hash is 'The hash of the secret that a guest showed to the server, or null.';

create function private.can_see_onramp_session(p_session_id uuid) returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.onramp_sessions s
  where s.id = p_session_id
    and case private.acting_role()
      when 'authenticated' then s.owner_id = private.account_id() or private.is_operator()
      when 'anon' then s.secret_hash = private.session_secret_hash()
      else false
    end
);
comment on function private.can_see_onramp_session is 'Its owner, an operator, or a guest with its secret. Rows that belong to a session ask this.';

grant execute on function
  private.claims(), private.account_id(), private.acting_role(), private.is_operator(),
  private.session_secret_hash(), private.can_see_onramp_session(uuid)
to anon, authenticated;

grant select on public.onramp_sessions, public.onramp_events, public.transfers, public.transfer_events, public.receipts
  to anon, authenticated;
grant select on public.account_roles, public.webhook_events, public.webhook_event_history, public.audit_log,
  public.ledger_accounts, public.ledger_transfers, public.ledger_entries to authenticated;

create policy "people see their own roles, operators all" on public.account_roles for select to authenticated
  using (account_id = (select private.account_id()) or (select private.is_operator()));

create policy "people see their own sessions, operators all" on public.onramp_sessions for select to authenticated
  using (owner_id = (select private.account_id()) or (select private.is_operator()));
create policy "a guest sees the session whose secret they hold" on public.onramp_sessions for select to anon
  using (secret_hash = (select private.session_secret_hash()));

create policy "events are seen with their session" on public.onramp_events for select to anon, authenticated
  using (private.can_see_onramp_session(session_id));
create policy "transfers are seen with their session" on public.transfers for select to anon, authenticated
  using (private.can_see_onramp_session(session_id));
create policy "transfer events are seen with their transfer" on public.transfer_events for select to anon, authenticated
  using (exists (select from public.transfers t where t.id = transfer_id));
create policy "receipts are seen with their session" on public.receipts for select to anon, authenticated
  using (private.can_see_onramp_session(session_id));

create policy "operators see the inbox" on public.webhook_events for select to authenticated using ((select private.is_operator()));
create policy "operators see the inbox's history" on public.webhook_event_history for select to authenticated using ((select private.is_operator()));
create policy "operators see the audit log" on public.audit_log for select to authenticated using ((select private.is_operator()));
create policy "operators see ledger accounts" on public.ledger_accounts for select to authenticated using ((select private.is_operator()));
create policy "operators see ledger transfers" on public.ledger_transfers for select to authenticated using ((select private.is_operator()));
create policy "operators see ledger entries" on public.ledger_entries for select to authenticated using ((select private.is_operator()));

-- The worker reads what its tasks need; it writes through commands only.
grant select on public.onramp_sessions, public.transfers, public.webhook_events, public.receipts to worker;
grant execute on function private.claims(), private.acting_role() to worker;
create policy "the worker reads sessions" on public.onramp_sessions for select to worker using (true);
create policy "the worker reads transfers" on public.transfers for select to worker using (true);
create policy "the worker reads the inbox" on public.webhook_events for select to worker using (true);
create policy "the worker reads receipts" on public.receipts for select to worker using (true);
