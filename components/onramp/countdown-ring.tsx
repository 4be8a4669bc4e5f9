/** How long the quote still holds, as a ring that empties. Drawn by CSS alone; each new quote starts it over by its key. */
export function CountdownRing({ seconds, idle }: { seconds: number; idle: boolean }) {
  return (
    <span
      title={`This quote holds for ${Math.round(seconds)} seconds, then it is asked again by itself.`}
      className="inline-block size-4 motion-reduce:hidden"
    >
      <svg viewBox="0 0 16 16" fill="none" aria-hidden="true" className="size-4 -rotate-90">
        <circle cx="8" cy="8" r="6" className="stroke-line" strokeWidth="2.5" />
        {!idle && (
          <circle
            cx="8"
            cy="8"
            r="6"
            pathLength="100"
            strokeDasharray="100"
            strokeWidth="2.5"
            className="animate-drain stroke-tide"
            style={{ animationDuration: `${seconds}s` }}
          />
        )}
      </svg>
    </span>
  )
}
