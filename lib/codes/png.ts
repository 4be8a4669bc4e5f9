import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** A picture of dark and light squares as a PNG, each square so many points wide: one bit a point, black on white. */
export function pngOf(squares: boolean[][], points: number): Uint8Array<ArrayBuffer> {
  const size = squares.length * points
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // One bit a point, shades of grey; no other compression, filter or interlacing than the standard's.
  header.set([1, 0, 0, 0, 0], 8)
  const lines = squares.flatMap((row) => Array.from({ length: points }, () => lineOf(row, points)))
  const body = deflateSync(Buffer.concat(lines), { level: 9 })
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]),
  )
}

/** One line of points: a byte that says it is not filtered, and a bit a point, set where it is light. */
function lineOf(row: boolean[], points: number): Buffer {
  const line = Buffer.alloc(1 + Math.ceil((row.length * points) / 8))
  for (let x = 0; x < row.length * points; x++) {
    if (!row[Math.floor(x / points)]) line[1 + (x >> 3)] = (line[1 + (x >> 3)] ?? 0) | (0x80 >> (x & 7))
  }
  return line
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
