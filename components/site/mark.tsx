/** The mark: a level line over a shallow arc. It takes the colour of the text around it. */
export function Mark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <path d="M2.5 8.5h19M4.5 17c4-4.6 11-4.6 15 0" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  )
}
