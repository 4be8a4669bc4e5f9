import { readFileSync } from 'node:fs'

/**
 * The most memory in MB that a program and its children ever held together, as Linux counts it (VmHWM). `guard` is the process that
 * watches over the program and is not counted.
 */
export function peakMemory(guard: number): number {
  const kilobytes = below(guard).map((pid) => {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (peak === undefined) throw new Error(`Process ${pid} ended before its memory was read.`)
    return Number(peak)
  })
  if (kilobytes.length === 0) throw new Error('The program has ended.')
  return kilobytes.reduce((sum, peak) => sum + peak, 0) / 1024
}

function below(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number)
  return children.flatMap((child) => [child, ...below(child)])
}
