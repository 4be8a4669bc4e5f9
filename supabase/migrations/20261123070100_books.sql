-- Chapter 28: what runs every minute reads what is new or open, and not all that there ever was. The whole books are read once a day.

-- Each delivery compares the treasury's balance with what moved since: it asks for confirmed transfers above a block.
create index transfers_confirmed on public.transfers (network, asset, block_number) where status = 'confirmed';
-- The desk's lists of one status. Most of them are short, and would be looked for among all sessions.
create index onramp_sessions_status on public.onramp_sessions (status, created_at desc, id desc);
create index onramp_sessions_delivered on public.onramp_sessions (finalized_at) where status = 'delivered';
create index ledger_transfers_pending on public.ledger_transfers (id) where status = 'pending';

create table private.books_read (
  books text not null,
  read_at timestamptz not null,
  constraint books_read_pkey primary key (books),
  constraint books_read_books_are_known check (books in ('all'))
);
comment on table private.books_read is 'When the whole books were last compared with themselves, from the first entry to the last.';
alter table private.books_read enable row level security;

create or replace function app.note_findings() returns table (finding_kind text, finding_subject text, change text)
language plpgsql security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  -- All of it at the first run of each day (UTC), and for as long as something is open that must never be: what is found so is
  -- cleared only by looking as far back as it was found.
  v_all constant boolean :=
    not exists (select from private.books_read b where b.read_at >= date_trunc('day', now(), 'UTC'))
    or exists (select from public.reconciliation_findings f
      where f.cleared_at is null and f.kind in ('delivered_without_transfer', 'ledger_unbalanced'));
  v_since constant timestamptz := case when v_all then '-infinity' else now() - interval '1 day' end;
begin
  if v_all then
    insert into private.books_read (books, read_at) values ('all', now())
    on conflict on constraint books_read_pkey do update set read_at = excluded.read_at;
  end if;
  return query
  with current as (
    select 'paid_after_expiry' as kind, s.id::text as subject,
      jsonb_build_object('paidAt', s.paid_after_expiry_at, 'stripeSession', s.stripe_session_id) as detail
    from public.onramp_sessions s where s.paid_after_expiry_at is not null and s.paid_after_expiry_settled_at is null
    union all
    select 'transfer_unfinished', t.id::text, jsonb_build_object('kind', t.kind, 'status', t.status, 'session', t.session_id, 'hash', t.hash,
      'since', t.created_at, 'attempts', (select count(*) from private.signed_transactions a where a.transfer_id = t.id))
    from public.transfers t where t.finalized_at is null and t.created_at < now() - interval '30 minutes'
    union all
    select 'delivered_without_transfer', s.id::text, jsonb_build_object('delivery', s.delivery, 'amount', s.delivered_amount::text)
    from public.onramp_sessions s
    where s.status = 'delivered' and s.finalized_at >= v_since and not exists (
      select from public.transfers t where t.session_id = s.id and t.status = 'confirmed' and t.amount = s.delivered_amount
        and t.kind = case s.delivery when 'stripe' then 'stripe_payout' else 'treasury_delivery' end)
    union all
    -- Each movement adds up to nothing, and so do the accounts.
    select 'ledger_unbalanced', u.asset::text, jsonb_build_object('entries', sum(u.entries)::text, 'accounts', sum(u.accounts)::text)
    from (
      select a.asset, sum(e.amount) as entries, 0 as accounts
      from public.ledger_transfers t join public.ledger_entries e on e.transfer_id = t.id join public.ledger_accounts a on a.id = e.account_id
      where t.created_at >= v_since
      group by t.id, a.asset having sum(e.amount) <> 0
      union all
      select a.asset, 0, sum(a.posted) from public.ledger_accounts a group by a.asset having sum(a.posted) <> 0
    ) u group by u.asset
    union all
    -- What is held is what is pending, at every look; that an account is the sum of its entries takes all of them.
    select 'ledger_unbalanced', format('%s/%s/%s', a.kind, a.network, a.asset), jsonb_build_object(
      'posted', a.posted::text, 'held', a.held::text, 'postedByEntries', p.posted::text, 'heldByEntries', coalesce(h.held, 0)::text)
    from public.ledger_accounts a
      left join (
        select e.account_id, -sum(e.amount) as held
        from public.ledger_transfers t join public.ledger_entries e on e.transfer_id = t.id
        where t.status = 'pending' and e.amount < 0 group by e.account_id
      ) h on h.account_id = a.id
      left join (
        select e.account_id, sum(e.amount) as posted
        from public.ledger_transfers t join public.ledger_entries e on e.transfer_id = t.id
        where v_all and t.status = 'posted' group by e.account_id
      ) p on p.account_id = a.id
    where a.held <> coalesce(h.held, 0) or (v_all and a.posted <> coalesce(p.posted, 0))
  ), noted as (
    select c.kind, c.subject, private.note_finding(c.kind, c.subject, c.detail) as is_new from current c
  ), cleared as (
    update public.reconciliation_findings f set cleared_at = clock_timestamp()
    where f.cleared_at is null and f.kind <> 'treasury_drift'
      and not exists (select from current c where c.kind = f.kind and c.subject = f.subject)
    returning f.kind, f.subject
  )
  select n.kind, n.subject, 'new' from noted n where n.is_new
  union all
  select c.kind, c.subject, 'cleared' from cleared c;
end
$$;
comment on function app.note_findings is
  'Worker, every five minutes: looks through the books for what should not be, opens a finding for each and clears those that are gone. It reads what is open and what the last day brought; and all there is at the first run of each day (UTC), and while something is open that must never be. Returns what changed.';
