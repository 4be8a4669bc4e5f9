import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { sourceName } from '#components/rates/source-name.ts'
import { Badge } from '#components/ui/badge.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type Source = {
  name: string
  lastReadAt: string | null
  lastFailedAt: string | null
  lastFailure: string | null
  retryAt: string | null
  failing: boolean
  readings: number
  held: number
}

const columns = [
  'Source',
  'State',
  'Answered',
  { name: 'Prices in 24 hours', right: true as const },
  { name: 'Held', right: true as const },
  'Last failure',
]

/** Who is asked for prices, and how it goes. */
export function RateSources({ sources }: { sources: Source[] }) {
  return (
    <DeskTable label="Sources" columns={columns}>
      {sources.map((source) => (
        <DeskRow key={source.name}>
          <DeskCell>
            <span className="font-medium">{sourceName(source.name)}</span>
          </DeskCell>
          <DeskCell>
            <State source={source} />
          </DeskCell>
          <DeskCell>{source.lastReadAt ? <RelativeTime at={source.lastReadAt} /> : 'Never'}</DeskCell>
          <DeskCell right>{source.readings}</DeskCell>
          <DeskCell right>{source.held}</DeskCell>
          <DeskCell>
            {source.lastFailedAt ? (
              <span className="text-ink-2">
                <RelativeTime at={source.lastFailedAt} />: {source.lastFailure}
              </span>
            ) : (
              '—'
            )}
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}

function State({ source: { retryAt, failing, lastReadAt } }: { source: Source }) {
  if (retryAt) {
    return (
      <span className="flex items-center gap-2">
        <Badge tone="attention">Asked us to wait</Badge>
        <span className="text-ink-3">
          asked again <RelativeTime at={retryAt} />
        </span>
      </span>
    )
  }
  if (failing) return <Badge tone="failed">Does not answer</Badge>
  return lastReadAt ? <Badge tone="arrived">Answers</Badge> : <Badge tone="waiting">Not asked yet</Badge>
}
