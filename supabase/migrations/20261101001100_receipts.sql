-- Chapter 11: receipts. Issued with the delivery, numbered without gaps.

create table private.receipt_numbers (
  year integer not null primary key,
  last_number integer not null
);
comment on table private.receipt_numbers is 'The last receipt number of each year; its row lock keeps the sequence without gaps.';
alter table private.receipt_numbers enable row level security;

create table public.receipts (
  id uuid not null default gen_random_uuid() primary key,
  number text not null,
  session_id uuid not null references public.onramp_sessions (id) on delete restrict,
  issued_at timestamptz not null default now(),
  constraint receipts_number_key unique (number),
  constraint receipts_session_id_key unique (session_id),
  constraint receipts_number_has_a_form check (number ~ '^CW-[0-9]{4}-[0-9]{6,}$')
);
comment on table public.receipts is 'Proof of one delivered session. What it states is the session and its transfers, none of which can change any more.';
alter table public.receipts enable row level security;
create trigger receipts_are_append_only before update or delete on public.receipts
  for each row execute function private.tg__append_only();
create trigger receipts_are_never_truncated before truncate on public.receipts
  for each statement execute function private.tg__append_only();

create function private.issue_receipt(p_session_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  v_year integer := extract(year from now() at time zone 'UTC');
  v_number integer;
begin
  insert into private.receipt_numbers (year, last_number) values (v_year, 1)
  on conflict (year) do update set last_number = private.receipt_numbers.last_number + 1
  returning last_number into v_number;
  insert into public.receipts (number, session_id)
  values (format('CW-%s-%s', v_year, lpad(v_number::text, greatest(6, length(v_number::text)), '0')), p_session_id);
end
$$;
comment on function private.issue_receipt is 'Issues the one receipt of a delivered session.';
