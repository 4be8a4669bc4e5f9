-- Chapter 1: who may come in. Every door has its own role, and nobody has anything by default.

set lock_timeout = '5s';

-- The server's login. It owns nothing, inherits nothing, and takes one of the roles below for each transaction.
-- Its password is set by the migration's caller, never here.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'causeway') then
    create role causeway login noinherit;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'agent') then
    create role agent nologin;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'webhook') then
    create role webhook nologin;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'worker') then
    create role worker nologin;
  end if;
end
$$;

grant anon, authenticated, agent, webhook, worker to causeway;

comment on role causeway is 'The server logs in as this role and takes another for each transaction. It owns nothing.';
comment on role agent is 'An API key of an agent: may propose, never approve, never touch guards.';
comment on role webhook is 'May only store a webhook.';
comment on role worker is 'Background jobs: may only record outcomes.';

create schema app;
comment on schema app is 'Commands: one function a verb. Not exposed by the REST API.';
create schema private;
comment on schema private is 'Predicates, transition tables and what no client reads. Not exposed by the REST API.';

-- What is created from here on belongs to nobody until a later chapter grants it by name. That includes service_role: the app
-- has no key for it, and one that leaks from elsewhere shall move no money.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
revoke create on schema public from public;

grant usage on schema app to anon, authenticated, agent, webhook, worker;
grant usage on schema private to anon, authenticated, agent, worker;
grant usage on schema public to anon, authenticated, agent, worker;
