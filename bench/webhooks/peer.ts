import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Database, World } from '#bench/world.ts'

/** What is installed to be measured against, and nowhere else. */
const packages = { '@supabase/stripe-sync-engine': '0.48.5', stripe: '19.3.0' }

/** Installs the peer into the cache, once for each version, and resolves to its folder. */
export async function installPeer({ cache, say }: World): Promise<string> {
  const folder = join(cache, `stripe-sync-engine-${packages['@supabase/stripe-sync-engine']}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
  say('  installing the peer')
  await promisify(execFile)('npm', ['install', '--legacy-peer-deps', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
  })
  return folder
}

/** Gives the peer its own tables. */
export async function migratePeer(folder: string, { url }: Database): Promise<void> {
  const { runMigrations } = createRequire(`${folder}/`)('@supabase/stripe-sync-engine')
  await runMigrations({ databaseUrl: url, schema: 'stripe' })
}
