import { RelativeTime } from '#components/ui/relative-time.tsx'

type Moment = { what?: string; from: string | null; to: string; at: string; actor: string }

/** Everything that happened, oldest first, with who made it happen. */
export function Timeline({ moments }: { moments: Moment[] }) {
  return (
    <ol className="text-sm">
      {moments.map((moment) => (
        <li
          key={`${moment.what}${moment.at}${moment.to}`}
          className="relative flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-line border-l pb-4 pl-5 last:border-transparent last:pb-0"
        >
          <span aria-hidden="true" className="absolute top-1.5 -left-[4.5px] size-2 rounded-full bg-edge" />
          <span className="min-w-60 flex-1">
            {moment.what && <span className="text-ink-3">{moment.what}: </span>}
            {moment.from && (
              <>
                <span className="font-mono text-ink-3">{moment.from}</span>
                <span className="text-ink-3"> → </span>
              </>
            )}
            <span className="font-mono font-medium">{moment.to}</span>
          </span>
          <span className="max-w-50 truncate text-ink-3" title={moment.actor}>
            {moment.actor}
          </span>
          <RelativeTime at={moment.at} className="w-32 text-ink-3 sm:text-right" />
        </li>
      ))}
    </ol>
  )
}
