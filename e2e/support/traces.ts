import type { World } from '#e2e/support/world.ts'

/** A span as the local world's collector keeps it. */
export type Span = {
  traceId: string
  spanId: string
  parentId: string | null
  service: string
  name: string
  attributes: Record<string, string>
}

/** Every span that the app and the worker of the world have sent, as far as it is kept. */
export async function readSpans(world: World): Promise<Span[]> {
  const response = await fetch(`${world.traces.url}/sandbox/spans`)
  if (!response.ok) throw new Error(`The collector answered ${response.status}.`)
  return (await response.json()) as Span[]
}

/** The names from a span up to the one its trace began with. */
export function wayUp(spans: Span[], span: Span | undefined): string[] {
  if (!span) return []
  return [
    span.name,
    ...wayUp(
      spans,
      spans.find(({ spanId }) => spanId === span.parentId),
    ),
  ]
}
