-- Chapter 21: what is compared every five minutes, and what was found that should not be.

-- An event that was never delivered to us is fetched from its source. Nobody signed what was fetched: it came as the answer to our own question.
alter table public.webhook_events
  drop constraint webhook_events_signature_names_its_key,
  add constraint webhook_events_signature_names_its_key check (signature in ('current_key', 'previous_key', 'fetched')),
  add constraint webhook_events_delivered_unless_fetched check (deliveries >= case signature when 'fetched' then 0 else 1 end);
comment on column public.webhook_events.signature is
  'Which of our secrets it was signed with; or fetched: it was not delivered, and we asked for it. Its body is then our copy of the answer, and not the signed bytes.';
comment on column public.webhook_events.deliveries is
  'How often the sender delivered it. Only the first made a job. None for one that was fetched and never delivered.';

create table private.listed_events (
  source text not null,
  listed_until timestamptz not null,
  constraint listed_events_pkey primary key (source),
  constraint listed_events_source_is_known check (source in ('stripe'))
);
comment on table private.listed_events is 'Up to which moment the source''s own list of events was compared with the inbox.';
alter table private.listed_events enable row level security;

create table public.reconciliation_findings (
  id uuid not null default gen_random_uuid() primary key,
  kind text not null,
  subject text not null,
  detail jsonb not null default '{}',
  first_seen_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  cleared_at timestamptz,
  constraint reconciliation_findings_kind_is_known check (
    kind in ('paid_after_expiry', 'transfer_unfinished', 'treasury_drift', 'ledger_unbalanced', 'delivered_without_transfer')),
  constraint reconciliation_findings_in_order check (last_seen_at >= first_seen_at and cleared_at >= last_seen_at)
);
comment on table public.reconciliation_findings is
  'What is not as it should be, by comparing. One open row a kind and subject; cleared when it is gone, and opened anew when it comes back.';
comment on column public.reconciliation_findings.subject is
  'A session (paid_after_expiry, delivered_without_transfer), a transfer (transfer_unfinished), network/asset (treasury_drift), an asset or account (ledger_unbalanced).';
create unique index reconciliation_findings_open_once on public.reconciliation_findings (kind, subject) where cleared_at is null;
create index reconciliation_findings_first_seen_at on public.reconciliation_findings (first_seen_at desc, id desc);
alter table public.reconciliation_findings enable row level security;
create trigger reconciliation_findings_are_kept before delete on public.reconciliation_findings
  for each row execute function private.tg__append_only();
create trigger reconciliation_findings_are_never_truncated before truncate on public.reconciliation_findings
  for each statement execute function private.tg__append_only();

create function private.tg_reconciliation_findings__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.cleared_at is not null
    or (new.id, new.kind, new.subject, new.first_seen_at) is distinct from (old.id, old.kind, old.subject, old.first_seen_at) then
    raise exception 'A finding is seen again or cleared, and nothing else.' using errcode = 'CWSTA';
  end if;
  return new;
end
$$;
create trigger reconciliation_findings_guard before update on public.reconciliation_findings
  for each row execute function private.tg_reconciliation_findings__guard();

grant select on public.reconciliation_findings to authenticated, worker;
create policy "operators see findings" on public.reconciliation_findings for select to authenticated using ((select private.is_operator()));
create policy "the worker reads findings" on public.reconciliation_findings for select to worker using (true);

-- What the comparison looks for, and would otherwise look through every session for.
create index onramp_sessions_paid_after_expiry on public.onramp_sessions (paid_after_expiry_at) where paid_after_expiry_at is not null;
