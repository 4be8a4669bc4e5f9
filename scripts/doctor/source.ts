import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { environmentNames } from '#lib/env.ts'
import type { Variables } from '#scripts/doctor/patient.ts'

const localWorld = '.causeway/env.json'

/**
 * Where the configuration comes from: the named file (JSON, or NAME=value lines as `vercel env pull` writes them); else this
 * process's environment, if it holds any of it; else the local world's. Throws a sentence when there is none.
 */
export function readVariables(
  file: string | undefined,
  environment: Variables,
): { from: string; isLocalWorld: boolean; variables: Variables } {
  if (file !== undefined) return { from: file, isLocalWorld: file.endsWith(localWorld), variables: parse(file) }
  if (environmentNames.some((name) => name !== 'VERCEL' && environment[name])) {
    return { from: 'the environment', isLocalWorld: false, variables: environment }
  }
  if (existsSync(localWorld)) return { from: localWorld, isLocalWorld: true, variables: parse(localWorld) }
  throw new Error(
    'There is no configuration to look at. Name a file with --env, set the variables of .env.example, or start the local world: npm run demo.',
  )
}

function parse(file: string): Variables {
  const text = read(file)
  if (!file.endsWith('.json')) return parseEnv(text)
  return z.record(z.string(), z.string()).parse(JSON.parse(text))
}

function read(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8')
  } catch {
    throw new Error(`${file} cannot be read.`)
  }
}
