import { expect, test } from 'vitest'
import { connections } from '#components/agents/connections.ts'

const all = connections('https://causeway.example', 'cw_secret')
const textOf = (wanted: string) => all.find(({ id }) => id === wanted)?.text ?? ''

test.each(all.map(({ id, text }) => [id, text]))('%s names the key and this place', (_, text) => {
  expect(text).toContain('Bearer cw_secret')
  expect(text).toContain('https://causeway.example/api/')
})

test('Claude Desktop keeps the header in one argument, its value in the environment', () => {
  const { causeway } = JSON.parse(textOf('desktop')).mcpServers
  expect(causeway.args.at(-1)).toBe('Authorization:$' + '{CAUSEWAY_KEY}')
  expect(causeway.args).toContain('https://causeway.example/api/mcp')
  expect(causeway.env).toEqual({ CAUSEWAY_KEY: 'Bearer cw_secret' })
})

test('what goes into a file is JSON', () => {
  for (const { language, text } of all) if (language === 'json') expect(() => JSON.parse(text)).not.toThrow()
})
