import { describe, expect, test } from 'vitest'
import { readBody, readJson } from '#lib/http/body.ts'

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://causeway.test/', {
    method: 'POST',
    body,
    headers,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  })

describe('readBody', () => {
  test('a body of exactly the limit is read', async () => {
    expect(await readBody(post('12345'), 5)).toHaveLength(5)
  })

  test('a body that grows past the limit is refused while it arrives, and not read to its end', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1024))
      },
    })
    await expect(readBody(post(endless), 4096)).rejects.toMatchObject({ status: 413, code: 'body_too_large' })
    expect(pulled).toBeLessThan(10)
  })

  test('a body that stops arriving is given up', async () => {
    const stuck = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) })
    await expect(readBody(post(stuck), 100, 20)).rejects.toMatchObject({ status: 408, code: 'body_too_slow' })
  })

  test('an announced length above the limit is refused before reading', async () => {
    await expect(readBody(post('x', { 'content-length': '99999' }), 100)).rejects.toMatchObject({ status: 413 })
  })
})

describe('readJson', () => {
  const json = (body: BodyInit) => post(body, { 'content-type': 'application/json' })

  test.each(['', 'null', '[]', '"text"', '1', '{', '{"a":1}x'])('%j is refused', async (text) => {
    await expect(readJson(json(text))).rejects.toMatchObject({ status: 400, code: 'invalid_json' })
  })

  test('bytes that are not UTF-8 are refused', async () => {
    await expect(readJson(json(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])))).rejects.toMatchObject({
      code: 'invalid_json',
    })
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('%s is read', async (type) => {
    expect(await readJson(post('{"a":1}', { 'content-type': type }))).toEqual({ a: 1 })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'x application/json', ''])(
    'what says it is %j is refused unread',
    async (type) => {
      const request = post('{"a":1}', { 'content-type': type })
      await expect(readJson(request)).rejects.toMatchObject({ status: 415, code: 'unsupported_media_type' })
      expect(request.bodyUsed).toBe(false)
    },
  )
})
