import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { crontab } from '#lib/jobs/crontab.ts'
import { taskList } from '#lib/jobs/tasks.ts'

test('whatever runs by the clock is a task that the worker knows', () => {
  expect(crontab.map(({ task }) => task).filter((task) => !(task in taskList))).toEqual([])
})

test('Vercel is told to call the same tasks as often', () => {
  const { crons } = JSON.parse(readFileSync(join(import.meta.dirname, '../../vercel.json'), 'utf8'))
  expect(crons).toEqual([
    { path: '/api/cron/jobs', schedule: '* * * * *' },
    { path: '/api/cron/reconcile', schedule: '*/5 * * * *' },
    { path: '/api/cron/sanctions', schedule: '23 * * * *' },
    { path: '/api/cron/rates', schedule: '3,8,13,18,23,28,33,38,43,48,53,58 * * * *' },
    { path: '/api/cron/rate-history', schedule: '41 * * * *' },
    { path: '/api/cron/rate-forecasts', schedule: '0 22 * * *' },
  ])
  const reconcile = crontab.find(({ task }) => task === 'reconcile')
  const at = (minute: number) => reconcile?.match({ min: minute, hour: 1, date: 1, month: 1, dow: 1 })
  expect([0, 5, 55].map(at)).toEqual([true, true, true])
  expect([1, 4, 59].map(at)).toEqual([false, false, false])
})

test('forecasts are made at 22:00 UTC, and made up for when no worker ran then', () => {
  const forecasts = crontab.find(({ task }) => task === 'forecast_rates')
  const at = (hour: number, min: number) => forecasts?.match({ min, hour, date: 1, month: 1, dow: 1 })
  expect([at(22, 0), at(22, 1), at(21, 0), at(10, 0)]).toEqual([true, false, false, false])
  expect(forecasts?.options.backfillPeriod).toBe(22 * 60 * 60 * 1000)
})

test('each ten minutes have two chances of a price', () => {
  const rates = crontab.find(({ task }) => task === 'read_rates')
  const minutes = Array.from({ length: 60 }, (_, min) => min).filter((min) =>
    rates?.match({ min, hour: 1, date: 1, month: 1, dow: 1 }),
  )
  expect(minutes).toEqual([3, 8, 13, 18, 23, 28, 33, 38, 43, 48, 53, 58])
})
