// Starts a TypeScript file of the project with the Node the project brings itself (npm package `node`), after making sure
// that the dependencies are installed. Plain JavaScript without imports from node_modules, because it runs before them, on Node 20.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const bin = join(modules, '.bin')
const stamp = join(modules, '.causeway-install')
const windows = process.platform === 'win32'

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function projectNode() {
  const name = windows ? 'node.exe' : 'node'
  const found = [join(modules, 'node', 'bin', name), join(bin, name)].find((path) => existsSync(path))
  return found === undefined ? undefined : realpathSync(found)
}

function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined
  if (projectNode() !== undefined && (installed === wanted || matchesLock())) {
    if (installed !== wanted) writeFileSync(stamp, wanted)
    return
  }

  process.stdout.write('Installing the dependencies. The first time this takes a minute or two.\n')
  let result = npm(['ci'], 'pipe')
  // A lock file written against a registry that lacks the packages of some platforms does not name them, and `npm ci` refuses
  // it before it touches anything. `npm install` takes the same locked versions and asks the registry for the rest.
  if (String(result.stderr).includes('EUSAGE')) result = npm(['install', '--no-save'], 'inherit')
  else process.stderr.write(String(result.stderr))
  if (result.status !== 0)
    stop(`npm could not install the dependencies (exit code ${result.status ?? result.signal}); its message is above.`)
  writeFileSync(stamp, wanted)
}

function npm(args, stderr) {
  const script = process.env.npm_execpath
  const [command, first] = script ? [process.execPath, [script]] : [windows ? 'npm.cmd' : 'npm', []]
  const result = spawnSync(command, [...first, ...args, '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['inherit', 'inherit', stderr],
    shell: windows && !script,
  })
  if (result.error) stop(`npm could not be started (${result.error.message}). Install npm, then run this again.`)
  return result
}

// A person who ran `npm install` by hand has every package already: npm's own record of what it installed says so.
function matchesLock() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const have = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(lock).every(
    ([path, entry]) => path === '' || entry.optional || entry.peer || have[path]?.version === entry.version,
  )
}

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20)
  stop(`Node ${process.versions.node} is too old: Causeway needs Node 20 or newer to start. See https://nodejs.org.`)
const [file, ...args] = process.argv.slice(2)
if (file === undefined) stop('Usage: node scripts/run.mjs <file.ts> [arguments]')

install()
const node = projectNode()
if (node === undefined)
  stop('The npm package `node` did not bring its program. Its install script may be disabled: run `npm rebuild node`.')

const child = spawn(node, [file, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
})
// Ctrl-C reaches the child from the terminal already; a signal sent to this process alone has to be passed on. The child may
// see it twice and must not mind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => stop(`${node} could not be started: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
