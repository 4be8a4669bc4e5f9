import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { lengthOf, pairsOf } from '#components/operate/rate-words.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type Gap = { from: string; to: string; pairs: string[] }

/** Where there is no price. */
export function RateGaps({ gaps, pairs }: { gaps: Gap[]; pairs: number }) {
  return (
    <DeskTable label="Gaps" columns={['Began', 'Ended', 'Long', 'Missing']}>
      {gaps.map((gap) => (
        <DeskRow key={`${gap.from} ${gap.to}`}>
          <DeskCell>
            <RelativeTime at={gap.from} />
          </DeskCell>
          <DeskCell>
            <RelativeTime at={gap.to} />
          </DeskCell>
          <DeskCell>{lengthOf(gap.from, gap.to)}</DeskCell>
          <DeskCell>
            <span className="text-ink-2">{pairsOf(gap.pairs, pairs)}</span>
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}
