import type { Environment } from '#lib/env.ts'
import type { Patient } from '#scripts/doctor/patient.ts'

/** `skip`: it could not be asked, because of something else that is at fault. */
export type State = 'ok' | 'warn' | 'fail' | 'skip'

export type Verdict = {
  state: State
  /** What was seen, in words. Never a secret. */
  seen: string
  /** The one step that mends it. */
  step?: string
  /** Where one check looks at several things: which of them. */
  of?: string
}

export type Finding = Verdict & { group: string; name: string }

export type Check = {
  name: string
  /** The variables without which there is nothing to ask. */
  needs?: readonly (keyof Environment)[]
  /** Looks, and changes nothing. */
  look: (patient: Patient) => Promise<Verdict | Verdict[]> | Verdict | Verdict[]
}

export type Group = {
  title: string
  /** In order. */
  checks: readonly [Check, ...Check[]]
  /** When the first fails the others are skipped: they would only say the same again. */
  gated: boolean
}

export const ok = (seen: string): Verdict => ({ state: 'ok', seen })
export const warn = (seen: string, step: string): Verdict => ({ state: 'warn', seen, step })
export const fail = (seen: string, step: string): Verdict => ({ state: 'fail', seen, step })
export const skip = (seen: string): Verdict => ({ state: 'skip', seen })
