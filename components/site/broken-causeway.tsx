/** The mark with its road missing a piece, for the pages where something is. */
export function BrokenCauseway() {
  return (
    <svg
      viewBox="0 0 160 56"
      fill="none"
      aria-hidden="true"
      className="h-14 w-40"
      strokeLinecap="round"
      strokeWidth="3"
    >
      <path d="M4 14h56M100 14h56" className="stroke-tide" />
      <path d="M70 14h20" className="stroke-line" strokeDasharray="1 8" />
      <path d="M16 44c16-18 40-18 56 0M88 44c16-18 40-18 56 0" className="stroke-edge" />
    </svg>
  )
}
