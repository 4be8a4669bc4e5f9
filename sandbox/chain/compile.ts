import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Hex } from 'viem'

/** The creation bytecode of each contract in contracts/, by contract name. */
export type Bytecodes = { MezoUSD: Hex; BridgedUSDC: Hex; ReceiptNFT: Hex }

type Output = {
  errors?: { severity: string; formattedMessage: string }[]
  contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>
}

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

const settings = {
  // Cancun is the newest EVM that every chain of ours runs.
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
}

/**
 * The contracts, compiled. The result is kept under .causeway/contracts, named by a hash of the sources, the libraries'
 * version and the settings, so that it is compiled again exactly when one of them changes.
 */
export async function compileContracts(): Promise<Bytecodes> {
  const sources = await readSources()
  const { version: library } = require('@openzeppelin/contracts/package.json') as { version: string }
  const { version: compiler } = require('solc/package.json') as { version: string }
  const hash = createHash('sha256')
    .update(JSON.stringify([sources, library, compiler, settings]))
    .digest('hex')
  const folder = join(root, '.causeway/contracts')
  const file = join(folder, `${hash.slice(0, 32)}.json`)
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined) return JSON.parse(kept) as Bytecodes

  // In a process of its own, because the compiler is WebAssembly that keeps hundreds of megabytes until its process ends.
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename], { maxBuffer: 2 ** 24 })
  await mkdir(folder, { recursive: true })
  // Test workers may compile at the same time: each renames a whole file into place.
  const draft = `${file}.${process.pid}`
  await writeFile(draft, stdout)
  await rename(draft, file)
  return JSON.parse(stdout) as Bytecodes
}

async function readSources(): Promise<Record<string, { content: string }>> {
  const folder = join(root, 'contracts')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sol')).sort()
  const entries = names.map(async (name) => [name, { content: await readFile(join(folder, name), 'utf8') }] as const)
  return Object.fromEntries(await Promise.all(entries))
}

function runCompiler(sources: Record<string, { content: string }>): Bytecodes {
  const solc = require('solc') as { compile: (input: string, callbacks: object) => string }
  const input = JSON.stringify({ language: 'Solidity', sources, settings })
  const findImport = (path: string): { contents: string } => ({ contents: readFileSync(require.resolve(path), 'utf8') })
  const output = JSON.parse(solc.compile(input, { import: findImport })) as Output
  const problems = output.errors ?? []
  if (problems.length > 0) throw new Error(problems.map(({ formattedMessage }) => formattedMessage).join('\n'))
  const bytecode = (name: keyof Bytecodes): Hex => {
    const object = output.contracts?.[`${name}.sol`]?.[name]?.evm.bytecode.object
    if (!object) throw new Error(`The compiler gave no bytecode for ${name}.`)
    return `0x${object}`
  }
  return { MezoUSD: bytecode('MezoUSD'), BridgedUSDC: bytecode('BridgedUSDC'), ReceiptNFT: bytecode('ReceiptNFT') }
}

if (import.meta.main) process.stdout.write(JSON.stringify(runCompiler(await readSources())))
