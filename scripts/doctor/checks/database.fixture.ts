import type { Check } from '#scripts/doctor/check.ts'
import { browserRights } from '#scripts/doctor/checks/browser-rights.ts'
import { databaseLogin } from '#scripts/doctor/checks/database-login.ts'
import { databaseOwnership } from '#scripts/doctor/checks/database-ownership.ts'
import { databaseReads } from '#scripts/doctor/checks/database-reads.ts'
import { databaseRoles } from '#scripts/doctor/checks/database-roles.ts'
import { migrations } from '#scripts/doctor/checks/migrations.ts'
import { queue } from '#scripts/doctor/checks/queue.ts'
import { reconciliation } from '#scripts/doctor/checks/reconciliation.ts'
import { rowSecurity } from '#scripts/doctor/checks/row-security.ts'
import { waitingForPeople } from '#scripts/doctor/checks/waiting-for-people.ts'
import { worker } from '#scripts/doctor/checks/worker.ts'

type Fault = {
  /** As the owner: puts a migrated database out of order, and in order again. */
  breaks: string
  mends: string
  check: Check
  state: 'fail' | 'warn'
  seen: string
  step: string
}

/** What can be wrong with a database, one thing at a time, and what the doctor says of it. */
export const databaseFaults: [name: string, Fault][] = [
  [
    'an inheriting login',
    {
      breaks: 'alter role causeway inherit',
      mends: 'alter role causeway noinherit',
      check: databaseLogin,
      state: 'fail',
      seen: 'inherits what its roles may do',
      step: 'alter role causeway noinherit',
    },
  ],
  [
    'a login that makes roles',
    {
      breaks: 'alter role causeway createrole',
      mends: 'alter role causeway nocreaterole',
      check: databaseLogin,
      state: 'fail',
      seen: 'has powers of its own',
      step: 'nocreaterole',
    },
  ],
  [
    'a login that owns a table',
    {
      breaks: 'alter table private.nonces owner to causeway',
      mends: 'alter table private.nonces owner to hosted',
      check: databaseOwnership,
      state: 'fail',
      seen: 'causeway owns table private.nonces',
      step: 'reassign owned by causeway to postgres',
    },
  ],
  [
    'a role that is missing',
    {
      breaks: 'revoke worker from causeway granted by hosted',
      mends: 'grant worker to causeway granted by hosted',
      check: databaseRoles,
      state: 'fail',
      seen: 'may not become worker',
      step: 'grant worker to causeway;',
    },
  ],
  [
    'a role too many',
    {
      breaks: 'grant service_role to causeway',
      mends: 'revoke service_role from causeway',
      check: databaseRoles,
      state: 'fail',
      seen: 'may also become service_role',
      step: 'revoke service_role from causeway;',
    },
  ],
  [
    'a login that reads',
    {
      breaks: 'grant select on public.receipts to causeway',
      mends: 'revoke select on public.receipts from causeway',
      check: databaseReads,
      state: 'fail',
      seen: 'causeway reaches receipts',
      step: 'revoke all on receipts from causeway, public;',
    },
  ],
  [
    'a migration that is missing',
    {
      breaks: `create table public.kept as select * from supabase_migrations.schema_migrations where version = '20261101001700';
          delete from supabase_migrations.schema_migrations where version = '20261101001700'`,
      mends: `insert into supabase_migrations.schema_migrations select * from public.kept; drop table public.kept`,
      check: migrations,
      state: 'fail',
      seen: 'not applied: 20261101001700_observation_commands.sql',
      step: 'npm run db:migrate',
    },
  ],
  [
    'a migration that was changed',
    {
      breaks: `update supabase_migrations.schema_migrations set statements[1] = 'select 1; ' || statements[1] where version = '20261101000100'`,
      mends: `update supabase_migrations.schema_migrations set statements[1] = substr(statements[1], 11) where version = '20261101000100'`,
      check: migrations,
      state: 'fail',
      seen: 'applied with another text: 20261101000100_roles.sql',
      step: 'a new migration',
    },
  ],
  [
    'a migration that nobody knows',
    {
      breaks: `insert into supabase_migrations.schema_migrations (version, name) values ('20990101000000', 'later')`,
      mends: `delete from supabase_migrations.schema_migrations where version = '20990101000000'`,
      check: migrations,
      state: 'warn',
      seen: 'the database has 20990101000000',
      step: 'Check out the version that is deployed',
    },
  ],
  [
    'a table made by hand',
    {
      breaks: 'create table public.notes (text text)',
      mends: 'drop table public.notes',
      check: rowSecurity,
      state: 'fail',
      seen: 'is off for notes',
      step: 'alter table notes enable row level security;',
    },
  ],
  [
    'a browser that writes',
    {
      breaks: 'grant update on public.transfers to authenticated',
      mends: 'revoke update on public.transfers from authenticated',
      check: browserRights,
      state: 'fail',
      seen: 'authenticated may write transfers',
      step: 'revoke insert, update, delete, truncate on transfers from authenticated;',
    },
  ],
  [
    'a job that nobody works',
    {
      breaks: `select graphile_worker.add_job('send_transfer', '{}', run_at => now() - interval '5 minutes')`,
      mends: 'delete from graphile_worker._private_jobs',
      check: queue,
      state: 'fail',
      seen: '1 jobs are due and not worked, the oldest for 300 s',
      step: 'npm run worker',
    },
  ],
  [
    'a job that was given up',
    {
      breaks: `select graphile_worker.add_job('send_transfer', '{}', max_attempts => 1); update graphile_worker._private_jobs set attempts = 1`,
      mends: 'delete from graphile_worker._private_jobs',
      check: queue,
      state: 'warn',
      seen: '1 jobs were given up after their last attempt: send_transfer',
      step: 'last_error',
    },
  ],
  [
    'a worker that stopped',
    {
      breaks: `insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
          values ('schedule_stalled_work', now() - interval '1 day', now() - interval '10 minutes')`,
      mends: 'delete from graphile_worker._private_known_crontabs',
      check: worker,
      state: 'fail',
      seen: 'the last was heard of 600 s ago',
      step: 'Start one',
    },
  ],
  [
    'a webhook that is quarantined',
    {
      breaks: `insert into public.webhook_events (source, event_id, type, body, signature, signed_at) values ('stripe', 'evt_1', 't', '', 'current_key', now());
          update public.webhook_events set status = 'quarantined', last_error = 'test'`,
      mends: `update public.webhook_events set status = 'received'; update public.webhook_events set status = 'processed'`,
      check: waitingForPeople,
      state: 'warn',
      seen: '1 webhook_quarantined',
      step: '/operate',
    },
  ],
  [
    'books that do not add up',
    {
      breaks: `select private.note_finding('ledger_unbalanced', 'MUSD', '{}')`,
      mends: 'update public.reconciliation_findings set cleared_at = clock_timestamp()',
      check: waitingForPeople,
      state: 'fail',
      seen: '1 ledger_unbalanced',
      step: 'docs/runbook.md',
    },
  ],
  [
    'a reconciliation that no longer runs',
    {
      breaks: `insert into private.listed_events (source, listed_until) values ('stripe', now() - interval '1 hour')`,
      mends: 'delete from private.listed_events',
      check: reconciliation,
      state: 'fail',
      seen: 'last compared with the inbox 60 minutes ago',
      step: 'which step of the reconciliation fails',
    },
  ],
]
