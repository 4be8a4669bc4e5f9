import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { taskList } from '#lib/jobs/tasks.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  deliver,
  fund,
  look,
  musd,
  openCheckout,
  pay,
  recordBroadcast,
  send,
  sign,
  stripeSays,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'

// A lost job, a webhook that never came and a worker that was killed cost a minute, not the purchase.

const { adminSql, adminUrl, as } = await testDatabase()

const worker = as({ role: 'worker' })

const schedule = async (): Promise<number> => {
  const [row] = await worker((sql) => sql`select app.schedule_stalled_work() as count`)
  return row?.count
}

/** The waiting and running jobs: `task key`, running ones marked. */
const jobs = async (): Promise<string[]> => {
  const rows = await adminSql`
    select j.task_identifier || ' ' || j.key || case when j.locked_at is null then '' else ' running' end as job
    from graphile_worker.jobs j where j.attempts < j.max_attempts order by 1`
  return rows.map(({ job }) => job)
}

const loseEveryJob = () => adminSql`delete from graphile_worker._private_jobs`

/** Time passes for everything there is. The rows' own triggers would not allow it. */
const later = (interval: string) =>
  adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.onramp_sessions set updated_at = updated_at - ${interval}::interval, expires_at = expires_at - ${interval}::interval`,
    tx`update public.transfers set updated_at = updated_at - ${interval}::interval`,
    tx`update public.webhook_events set received_at = received_at - ${interval}::interval`,
    tx`update graphile_worker._private_jobs set locked_at = locked_at - ${interval}::interval`,
  ])

/** A worker begins the job, under the name of its pool. */
const takeJob = (key: string, pool: string) =>
  adminSql`update graphile_worker._private_jobs set locked_at = now(), locked_by = ${pool}, attempts = attempts + 1 where key = ${key}`

/** An empty world with a rich treasury. Nothing in it may be deleted, so its triggers are left out. */
beforeEach(async () => {
  const tables = [
    'webhook_events',
    'receipts',
    'transfers',
    'onramp_sessions',
    'ledger_entries',
    'ledger_transfers',
    'ledger_accounts',
  ]
  await loseEveryJob()
  await adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    ...tables.map((table) => tx`delete from ${tx(`public.${table}`)}`),
    tx`delete from private.treasury_observations`,
  ])
  await treasuryHolds(10n ** 24n, 1)
})

describe('a row whose job was lost gets it again', () => {
  type Case = { name: string; arrange: () => Promise<string>; after: string; task: string }
  const cases: Case[] = [
    {
      name: 'a payout that is watched',
      task: 'watch_transfer watch:',
      after: '61 seconds',
      arrange: async () => (await transferOf(await pay(), 'stripe_payout')).id,
    },
    {
      name: 'a transfer in a block',
      task: 'watch_transfer watch:',
      after: '61 seconds',
      arrange: async () => {
        const { id } = await transferOf(await pay(), 'stripe_payout')
        await look(id)
        return id
      },
    },
    {
      name: 'a transfer that is prepared',
      task: 'send_transfer send:',
      after: '61 seconds',
      arrange: async () => {
        const session = await fund()
        await deliver(session)
        return (await transferOf(session, 'treasury_delivery')).id
      },
    },
    {
      name: 'a transfer that is signed',
      task: 'send_transfer send:',
      after: '61 seconds',
      arrange: async () => {
        const session = await fund()
        await deliver(session)
        const { id } = await transferOf(session, 'treasury_delivery')
        await sign(id)
        return id
      },
    },
    {
      name: 'a transfer that the node refused',
      task: 'send_transfer send:',
      after: '61 seconds',
      arrange: async () => {
        const session = await fund()
        await deliver(session)
        const { id } = await transferOf(session, 'treasury_delivery')
        await sign(id)
        await recordBroadcast(id, 'refused', 'No gas.')
        return id
      },
    },
    {
      name: 'a purchase that is funded',
      task: 'deliver_onramp_session deliver:',
      after: '61 seconds',
      arrange: async () => (await fund()).id,
    },
    {
      name: 'a purchase that Stripe works on',
      task: 'sync_onramp_session sync:',
      after: '301 seconds',
      arrange: async () => {
        const session = await begin()
        await openCheckout(session)
        await stripeSays(session, 'fulfillment_processing')
        return session.id
      },
    },
    {
      name: 'a webhook that was received',
      task: 'process_webhook webhook:',
      after: '61 seconds',
      arrange: async () => {
        const [row] = await as({ role: 'webhook' })(
          (sql) =>
            sql`select id from app.receive_webhook('stripe', ${randomUUID()}, 't', ${Buffer.from('{}')}, 'current_key', now())`,
        )
        return row?.id
      },
    },
  ]

  test.each(cases)('$name', async ({ arrange, after, task }) => {
    const id = await arrange()
    await loseEveryJob()
    expect(await schedule()).toBe(0)
    await later(after)
    expect(await schedule()).toBe(1)
    expect(await jobs()).toEqual([`${task}${id}`])
    expect(await schedule()).toBe(0)
  })

  test('an unpaid session whose time is over is ended', async () => {
    const session = await begin()
    await loseEveryJob()
    await later('24 hours 2 minutes')
    expect(await schedule()).toBe(1)
    expect(await jobs()).toEqual([`expire_onramp_session expire:${session.id}`])
  })

  test('a purchase for which the treasury was short', async () => {
    const session = await fund()
    await treasuryHolds(0n, 2)
    expect(await deliver(session)).toBe('needs_attention')
    await loseEveryJob()
    await later('61 seconds')
    expect(await schedule()).toBe(1)
    expect(await jobs()).toEqual([`deliver_onramp_session deliver:${session.id}`])
  })

  test('what has ended gets none', async () => {
    const session = await fund()
    await bury(await send(session), { amount: musd, from: treasury })
    await loseEveryJob()
    await later('30 days')
    expect(await schedule()).toBe(0)
  })

  test('a job that was tried too often is given anew', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    await adminSql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`watch:${id}`}`
    await later('61 seconds')
    expect(await schedule()).toBe(1)
    expect(await jobs()).toContain(`watch_transfer watch:${id}`)
  })

  test('a job that waits out a long backoff begins anew, one that runs soon is left alone', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    await later('61 seconds')
    await adminSql`update graphile_worker._private_jobs set run_at = now() + interval '50 seconds' where key = ${`watch:${id}`}`
    expect(await schedule()).toBe(0)
    await adminSql`update graphile_worker._private_jobs set run_at = now() + interval '6 hours' where key = ${`watch:${id}`}`
    expect(await schedule()).toBe(1)
    const [job] = await adminSql`select run_at <= now() as due from graphile_worker.jobs where key = ${`watch:${id}`}`
    expect(job).toEqual({ due: true })
  })

  test('every task it may ask for exists', async () => {
    const rows = await adminSql`select pg_get_functiondef('app.schedule_stalled_work'::regproc) as source`
    const named = [...String(rows[0]?.source).matchAll(/select '(\w+)'/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => name === undefined || !(name in taskList))).toEqual([])
  })
})

describe('while jobs run', () => {
  test('a row whose job a living worker has is left alone', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    const living = postgres(adminUrl, { max: 1 })
    await living`select pg_advisory_lock(hashtextextended('pool-living', 0))`
    await takeJob(`watch:${id}`, 'pool-living')
    await later('61 seconds')
    const before = await jobs()
    expect(await schedule()).toBe(0)
    expect(await jobs()).toEqual(before)
    await living.end()
  })

  test('two that look at the same moment give each row one job', async () => {
    for (let index = 0; index < 5; index += 1) await pay()
    await loseEveryJob()
    await later('61 seconds')
    await Promise.all([schedule(), schedule(), schedule()])
    expect(await jobs()).toHaveLength(5)
  })
})

const backendIsGone = async (pid: number): Promise<void> => {
  while ((await adminSql`select from pg_stat_activity where pid = ${pid}`).length > 0);
}

describe('the jobs of a worker that died', () => {
  test('are free again at once: the lock in its pool’s name died with it', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    const dying = postgres(adminUrl, { max: 1 })
    const [{ pid } = {}] =
      await dying`select pg_backend_pid() as pid, pg_advisory_lock(hashtextextended('pool-dying', 0))`
    await takeJob(`watch:${id}`, 'pool-dying')
    await schedule()
    expect(await jobs()).toContain(`watch_transfer watch:${id} running`)
    await dying.end()
    await backendIsGone(pid)
    await schedule()
    expect(await jobs()).toContain(`watch_transfer watch:${id}`)
  })

  test('are free after two minutes where it held no such lock', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    await takeJob(`watch:${id}`, 'otpool-of-a-request')
    await later('119 seconds')
    await schedule()
    expect(await jobs()).toContain(`watch_transfer watch:${id} running`)
    await later('2 seconds')
    await schedule()
    expect(await jobs()).toContain(`watch_transfer watch:${id}`)
  })

  test('are removed where newer ones have replaced them meanwhile', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    await takeJob(`watch:${id}`, 'pool-that-died')
    await adminSql`select private.add_job('watch_transfer', ${adminSql.json({ transferId: id })}, ${`watch:${id}`})`
    const mine = () =>
      adminSql`select key from graphile_worker._private_jobs where payload ->> 'transferId' = ${id} order by id`
    expect(await mine()).toEqual([{ key: null }, { key: `watch:${id}` }])
    await schedule()
    expect(await mine()).toEqual([{ key: `watch:${id}` }])
  })
})
