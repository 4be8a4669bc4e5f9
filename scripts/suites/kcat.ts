import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Finds kcat, which brings the broker of the stream's tests (librdkafka's mock cluster), or installs it by the system's package
 * manager. Returns its path; throws a sentence that says what to do.
 */
export function findKcat(): string {
  const present = presentKcat()
  if (present) return present
  console.log('No kcat here yet, which the tests of the stream need. Trying the system’s package manager.')
  // Several test files may find out at once that it is missing: whoever comes later waits for the package manager.
  const apt = ['-o', 'DPkg::Lock::Timeout=120', '-qq']
  if (
    run('apt-get', ['update', ...apt]) &&
    run('apt-get', ['install', '-y', '--no-install-recommends', ...apt, 'kcat'])
  ) {
    const packaged = presentKcat()
    if (packaged) return packaged
  }
  if (run('brew', ['install', 'kcat'])) {
    const brewed = presentKcat()
    if (brewed) return brewed
  }
  throw new Error(
    'The tests of the stream need kcat, and it could not be installed here. Install it (Debian: apt-get install kcat, macOS: brew install kcat), or set KCAT_PATH to it, and run npm test again.',
  )
}

function presentKcat(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const named = process.env.KCAT_PATH
  const paths = folders.flatMap((folder) => [join(folder, 'kcat'), join(folder, 'kafkacat')])
  return [...(named ? [named] : []), ...paths].find((path) => existsSync(path))
}

function run(command: string, args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 180_000, env }).status === 0
}
