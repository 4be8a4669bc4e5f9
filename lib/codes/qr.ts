import { encode } from 'uqr'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { listOwnCodes } from '#lib/codes/list-own.ts'
import { pngOf } from '#lib/codes/png.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'

export const QrInput = z.strictObject({
  format: z
    .enum(['svg', 'png'], { error: 'is svg or png' })
    .default('svg')
    .meta({ description: 'svg for print and pages, png for whatever takes pictures only.' }),
})

/** How many points of a PNG a module has: some 500 points across, which any phone reads from a screen or from paper. */
const POINTS = 12

/** The QR code of one's own code, as a picture. It says the address of the page on which a friend uses it. */
export async function codeQr(
  actor: Actor,
  id: string,
  query: z.input<typeof QrInput>,
): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }> {
  const { format } = parseInput(QrInput, query)
  const { codes } = await listOwnCodes(actor)
  const code = codes.find((own) => own.id === id)
  if (!code) throw notFound('code')
  const { data } = encode(code.url, { ecc: 'M', border: 4 })
  if (format === 'png') return { type: 'image/png', body: pngOf(data, POINTS) }
  return { type: 'image/svg+xml', body: new TextEncoder().encode(svgOf(data)) }
}

function svgOf(modules: boolean[][]): string {
  const size = modules.length
  const path = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
}
