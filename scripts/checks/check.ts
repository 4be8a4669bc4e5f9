import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { add, nothing, type Totals } from '#scripts/totals.ts'

/** One thing that must hold. Resolves to what is wrong, in words for a person; to an empty text when nothing is. */
export type Check = { name: string; run(): Promise<string> }

/** A check that is a program: what it prints is what is wrong when it ends with another code than 0. */
export function program(name: string, command: string, args: string[]): Check {
  return {
    name,
    run: () =>
      new Promise((resolve) => {
        const output: string[] = []
        const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
        child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()))
        child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()))
        child.on('error', (error) => resolve(`${command} could not be started: ${error.message}`))
        child.on('close', (code) => resolve(code === 0 ? '' : output.join('') || `${command} ended with ${code}.`))
      }),
  }
}

/** Runs the checks one after another, each on a line with its time, and goes on after one that fails. */
export async function runChecks(checks: Check[]): Promise<Totals> {
  let totals = nothing
  for (const check of checks) {
    const start = performance.now()
    const wrong = await check.run().catch((error: unknown) => String(error))
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${wrong ? '✗' : '✓'} ${check.name.padEnd(28)} ${seconds.padStart(6)} s`)
    if (wrong) console.log(indent(wrong))
    totals = add(totals, wrong ? { ...nothing, failed: 1 } : { ...nothing, passed: 1 })
  }
  return totals
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ')
}
