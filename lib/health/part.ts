/** `degraded`: it works, and somebody should look. `down`: whatever needs it does not work. */
export type Status = 'ok' | 'degraded' | 'down'

/** How one part was found. */
export type Part = {
  /** database, queue, chain:<network>, treasury, stripe, supabase, circle, rates or stream. */
  name: string
  status: Status
  /** A sentence for an operator: no secret, and no text of a foreign error. */
  summary: string
  /** What was measured. */
  detail: Record<string, unknown>
}

type Found = Omit<Part, 'name'>

/** A look that hangs tells as much as one that fails; nobody waits longer for it. */
const patienceMs = 6_000

/** Looks at one part. It never throws and never takes longer than six seconds; a look that fails finds the part down. */
export async function lookAt(name: string, look: () => Promise<Found>, patience = patienceMs): Promise<Part> {
  const since = performance.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Found>((resolve) => {
    const found: Found = { status: 'down', summary: `No answer within ${patience / 1000} seconds`, detail: {} }
    timer = setTimeout(() => resolve(found), patience)
  })
  const failed = (): Found => ({ status: 'down', summary: 'It could not be looked at', detail: {} })
  try {
    const found = await Promise.race([look().catch(failed), late])
    return { name, ...found, detail: { ...found.detail, milliseconds: Math.round(performance.now() - since) } }
  } finally {
    clearTimeout(timer)
  }
}
