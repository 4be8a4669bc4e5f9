import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sendToChat } from '#lib/alerts/send-to-chat.ts'
import { sendMail } from '#lib/outside/send-mail.ts'
import { smtpTransport } from '#lib/outside/smtp.ts'
import { type MailServer, startMail } from '#sandbox/mail/start.ts'

let dir: string
let mail: MailServer

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-mail-'))
  mail = await startMail({ dir, port: 0 })
})

afterEach(async () => {
  await mail.stop()
  await rm(dir, { recursive: true })
})

const words = {
  subject: 'Alert: 3 < 5 & more',
  text: '• first line, with a dot = a sign\n• second line\nhttp://causeway.test/operate',
}
const envelope = () => ({
  url: mail.smtpUrl,
  from: 'alerts@causeway.test',
  to: ['a@causeway.test', 'b@causeway.test'],
  id: 'alert.1',
})

const said = async (): Promise<string[]> => {
  const answer = await fetch(new URL('messages', mail.chatUrl))
  const { messages }: { messages: { text: string }[] } = await answer.json()
  return messages.map(({ text }) => text)
}

describe('mail by SMTP', () => {
  test('is kept as it was written, for everybody it is for', async () => {
    await sendMail(envelope(), words)
    expect(mail.list()).toMatchObject([{ to: 'a@causeway.test, b@causeway.test', ...words, code: null }])
  })

  test('is taken from nobody without the password', async () => {
    const url = mail.smtpUrl.replace(/:[^:@]+@/, ':wrong@')
    await expect(sendMail({ ...envelope(), url }, words)).rejects.toThrow('the mail server did not take it: EAUTH 535')
    await expect(smtpTransport(url).verify()).rejects.toThrow('535')
    await expect(smtpTransport(mail.smtpUrl).verify()).resolves.toBe(true)
    expect(mail.list()).toEqual([])
  })

  test('to a server elsewhere is not said before the connection is secure', () => {
    const requiresTls = (url: string) => Object.assign({ requireTLS: undefined }, smtpTransport(url).options).requireTLS
    expect(requiresTls('smtp://smtp.example.com:587')).toBe(true)
    expect(requiresTls(mail.smtpUrl)).toBe(false)
  })
})

describe('the chat', () => {
  test.each(['hook', 'discord'])('gets the words by its webhook %s', async (name) => {
    await sendToChat(new URL(name, mail.chatUrl).href, words)
    expect(await said()).toEqual([words.text])
    const page = await (await fetch(new URL('/chat', mail.chatUrl))).text()
    expect(page).toContain('• second line')
  })

  test('refuses what a chat refuses', async () => {
    const post = (name: string, body: unknown) =>
      fetch(new URL(name, mail.chatUrl), { method: 'POST', body: JSON.stringify(body) })
    expect((await post('hook', { content: 'as Discord reads it' })).status).toBe(400)
    expect((await post('discord', { text: 'as Slack reads it' })).status).toBe(400)
    expect((await post('discord', { content: 'x'.repeat(2001) })).status).toBe(400)
    await expect(sendToChat(new URL('none', mail.chatUrl).href, words)).rejects.toThrow('the chat answered 404')
    expect(await said()).toEqual([])
  })

  test('gets at most what Discord takes', async () => {
    await sendToChat(new URL('discord', mail.chatUrl).href, { subject: '', text: 'x'.repeat(5000) })
    expect((await said())[0]).toHaveLength(2000)
  })
})
