import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export type AnvilOptions = {
  /** Any free port unless given. */
  port?: number
  chainId: number
  /** Seconds between blocks. Without it a block is mined for each transaction, at once. */
  blockTime?: number
  /** Blocks come only when `anvil_mine` asks for one. */
  noMining?: boolean
  /** Of how many blocks the state is kept for reads below the head; sixteen unless given. */
  history?: number
  /** The file the chain is read from at the start, and written to after each transaction and at the end. */
  stateFile?: string
}

export type Anvil = {
  rpcUrl: string
  port: number
  chainId: number
  /** Resolves when the node is gone, whoever ended it. */
  exited: Promise<void>
  /** Ends the node and resolves when it is gone, its state written. */
  stop: () => Promise<void>
}

const require = createRequire(import.meta.url)
const systems: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'win32' }
const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

/** The node's own binary. Its package on npm wraps it in a script, which would be one more process to end. */
function binary(): string {
  const name = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  const platform = `${systems[process.platform]}-${architectures[process.arch]}`
  try {
    return require.resolve(`@foundry-rs/anvil-${platform}/bin/${name}`)
  } catch (cause) {
    const downloaded = join(import.meta.dirname, '../../node_modules/@foundry-rs/anvil/dist', name)
    if (existsSync(downloaded)) return downloaded
    throw new Error(`There is no anvil for ${process.platform} ${process.arch}; run npm ci.`, { cause })
  }
}

/**
 * Starts an EVM node on loopback and resolves once it answers. It has no accounts of its own: who needs gas is given it
 * by `anvil_setBalance`. It ends with this process, however this process ends.
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const args = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--chain-id', String(options.chainId)]
  // A state of each block is kept for reads below the head. Each holds all 8191 block hashes of EIP-2935 and so comes to
  // megabytes; sixteen are more than any confirmations that are asked of this chain.
  args.push('--accounts', '0', '--prune-history', String(options.history ?? 16))
  if (options.blockTime !== undefined) args.push('--block-time', String(options.blockTime))
  if (options.noMining) args.push('--no-mining')
  const stateFile = options.stateFile ?? ''
  if (existsSync(stateFile)) args.push('--load-state', stateFile)

  const guard = join(import.meta.dirname, 'guard.ts')
  // A process group of its own: Ctrl-C in a terminal reaches the parent alone, which then stops its parts in order.
  const command = [guard, stateFile, binary(), ...args]
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let output = ''
  const port = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4000)
      const listening = /Listening on 127\.0\.0\.1:(\d+)/.exec(output)?.[1]
      if (listening !== undefined) resolve(Number(listening))
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`The chain's node ended before it listened:\n${output}`)))
  })
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await gone
  }
  return { rpcUrl: `http://127.0.0.1:${port}`, port, chainId: options.chainId, exited: gone, stop }
}
