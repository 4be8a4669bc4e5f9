import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MailServer, startMail } from '#sandbox/mail/start.ts'
import { freePort } from '#sandbox/ports.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { alertChat } from '#scripts/doctor/checks/alert-chat.ts'
import { alertEmail } from '#scripts/doctor/checks/alert-email.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'

// The ways by which operators are told: looked at on a real mail server and a real chat of the sandbox, and nothing is sent.

let dir: string
let mail: MailServer

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-doctor-'))
  mail = await startMail({ dir, port: 0 })
})

afterAll(async () => {
  await mail.stop()
  await rm(dir, { recursive: true })
})

const look = async (check: Check, variables: Record<string, string>) => (await examine(check, admit(variables)))[0]
const email = (url: string) => ({ SMTP_URL: url, ALERT_EMAIL_TO: 'a@causeway.test,b@causeway.test' })

describe('the chat', () => {
  test('that answers is well, and nothing is posted', async () => {
    const { host } = new URL(mail.chatUrl)
    expect(await look(alertChat, { ALERT_WEBHOOK_URL: mail.chatUrl })).toEqual({
      state: 'ok',
      seen: `is set; ${host} answers`,
    })
    expect(await (await fetch(new URL('messages', mail.chatUrl))).json()).toEqual({ messages: [] })
  })

  test('at whose host nobody listens is a fault, and its secret path is not told', async () => {
    const verdict = await look(alertChat, { ALERT_WEBHOOK_URL: `http://127.0.0.1:${await freePort()}/s3cr3t-path` })
    expect(verdict).toMatchObject({ state: 'fail', seen: expect.stringContaining('nothing listens there') })
    expect(JSON.stringify(verdict)).not.toContain('s3cr3t')
  })

  test('that is none is a warning, unless there is mail', async () => {
    expect(await look(alertChat, {})).toMatchObject({ state: 'warn', seen: expect.stringContaining('nobody is told') })
    expect(await look(alertChat, email(mail.smtpUrl))).toMatchObject({ state: 'ok' })
  })

  test('without encryption is not asked', async () => {
    expect(await look(alertChat, { ALERT_WEBHOOK_URL: 'http://chat.example.com/x' })).toMatchObject({ state: 'skip' })
  })
})

describe('the mail server', () => {
  test('that lets us in is well, and gets no mail', async () => {
    expect(await look(alertEmail, email(mail.smtpUrl))).toEqual({
      state: 'ok',
      seen: `${new URL(mail.smtpUrl).host} lets us in; 2 are told, from the first of them`,
    })
    expect(mail.list()).toEqual([])
  })

  test('that refuses the password is a fault, and the password is not told', async () => {
    const verdict = await look(alertEmail, email(mail.smtpUrl.replace(/:[^:@]+@/, ':wrong-password@')))
    expect(verdict).toMatchObject({ state: 'fail', seen: expect.stringContaining('EAUTH 535') })
    expect(JSON.stringify(verdict)).not.toContain('wrong-password')
  })

  test('at whose address nobody listens is a fault', async () => {
    const verdict = await look(alertEmail, email(`smtp://127.0.0.1:${await freePort()}`))
    expect(verdict).toMatchObject({ state: 'fail', seen: expect.stringMatching(/does not let us in: E[A-Z]+$/) })
  })

  test('is of no use without somebody to write to, and is not needed', async () => {
    expect(await look(alertEmail, { SMTP_URL: mail.smtpUrl })).toMatchObject({
      state: 'fail',
      step: 'Set ALERT_EMAIL_TO: who is told.',
    })
    expect(await look(alertEmail, {})).toMatchObject({ state: 'ok', seen: expect.stringContaining('get no email') })
  })
})
