/** The method of an operation, as a small mark. */
export function Method({ method }: { method: string }) {
  return (
    <span className="inline-block w-12 shrink-0 rounded-sm border border-line bg-sunk text-center font-mono text-[0.6875rem] leading-5 font-medium text-ink-2 uppercase">
      {method}
    </span>
  )
}
