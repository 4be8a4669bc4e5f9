import type postgres from 'postgres'

export type Clock = {
  /** The time of the app, of Stripe and of the chain, in milliseconds. */
  now: () => number
  /** Time passes: for the app, Stripe, the chain and the database. */
  advance: (ms: number) => Promise<void>
  /** From here on the database's clock is so much ahead of (or behind) all others. */
  skew: (ms: number) => Promise<void>
}

/** When every run begins. */
const start = Date.UTC(2027, 2, 1, 9, 0, 0)

/**
 * Gives the database a clock, ids and dice of our own: now(), clock_timestamp(), gen_random_uuid() and random() are replaced in
 * this one database, where everything that asks for them is planned (defaults, checks, functions, the queue's statements). Time
 * stands still there until it is advanced; clock_timestamp() ticks on by a microsecond at each look.
 */
export async function installDatabaseClock(sql: postgres.Sql, seed: string): Promise<void> {
  if (!/^[\w-]+$/.test(seed)) throw new Error('A seed is made of letters and digits.')
  await sql.unsafe(`
    create schema sim;
    create table sim.clock (at timestamptz not null);
    insert into sim.clock values (to_timestamp(${start / 1000}));
    create sequence sim.ticks;
    create sequence sim.draws;
    create function sim.now() returns timestamptz language sql stable as 'select at from sim.clock';
    create function sim.tick() returns timestamptz language sql volatile
      as $$ select at + nextval('sim.ticks') * interval '1 microsecond' from sim.clock $$;
    create function sim.draw() returns text language sql volatile as $$ select md5('${seed}' || nextval('sim.draws')) $$;
    create function sim.uuid() returns uuid language sql volatile
      as $$ select overlay(overlay(sim.draw() placing '4' from 13) placing '8' from 17)::uuid $$;
    create function sim.random() returns double precision language sql volatile
      as $$ select ('x0' || left(sim.draw(), 7))::bit(32)::integer / 268435456.0::double precision $$;
    grant usage on schema sim to public;
    grant select on sim.clock to public;
    grant usage on sequence sim.ticks, sim.draws to public;
    grant execute on all functions in schema sim to public;
    -- A call of these is planned into a call of ours: only what the planner cannot see through would still reach the server's own.
    create or replace function pg_catalog.now() returns timestamptz language sql stable as 'select sim.now()';
    create or replace function pg_catalog.clock_timestamp() returns timestamptz language sql volatile as 'select sim.tick()';
    create or replace function pg_catalog.gen_random_uuid() returns uuid language sql volatile as 'select sim.uuid()';
    create or replace function pg_catalog.random() returns double precision language sql volatile as 'select sim.random()'`)
}

export function createClock(sql: postgres.Sql): Clock {
  let at = start
  let ahead = 0
  const write = () => sql`update sim.clock set at = to_timestamp(${(at + ahead) / 1000}::double precision)`
  return {
    now: () => at,
    advance: async (ms) => {
      at += ms
      await write()
    },
    skew: async (ms) => {
      ahead = ms
      await write()
    },
  }
}
