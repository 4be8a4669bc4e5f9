import { crc32, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pngOf } from '#lib/codes/png.ts'

/** The squares of a PNG, read as the standard says, its checks included. */
function squaresOf(png: Uint8Array, points: number): boolean[][] {
  const bytes = Buffer.from(png)
  expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const named = bytes.subarray(at + 4, at + 8 + length)
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(named))
    chunks.set(named.subarray(0, 4).toString(), named.subarray(4))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const header = chunks.get('IHDR') ?? Buffer.alloc(13)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  expect([...header.subarray(8)]).toEqual([1, 0, 0, 0, 0])
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const stride = 1 + Math.ceil(width / 8)
  expect(lines).toHaveLength(stride * height)
  const isDark = (x: number, y: number) => ((lines[y * stride + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0
  const size = height / points
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => {
      const corners = [isDark(x * points, y * points), isDark(x * points + points - 1, y * points + points - 1)]
      expect(corners[0]).toBe(corners[1])
      return corners[0] ?? false
    }),
  )
}

test.each([1, 3, 12])('squares of %i points are what was drawn', (points) => {
  const squares = Array.from({ length: 37 }, (_, y) =>
    Array.from({ length: 37 }, (__, x) => (x * 7 + y * 13) % 3 === 0),
  )
  expect(squaresOf(pngOf(squares, points), points)).toEqual(squares)
})
