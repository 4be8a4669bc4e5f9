export type Part = { stop(): Promise<void> }

export type Stage = {
  /** Starts one part, says how long it took, and remembers to stop it. */
  start<P extends Part>(name: string, start: () => Promise<P>): Promise<P>
  /** Does one piece of work that leaves nothing to stop. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Speaks up when the part ends although nobody stopped it. */
  watch(exited: Promise<string>, tail?: () => string): void
  /** Resolves to a sentence when a watched part ended by itself. */
  failure: Promise<string>
  /** Stops every part, the last first. Safe to call again. */
  stop(): Promise<void>
}

/** Keeps the order in which the parts of a world came up, so that they can go down the other way round. Aborting ends the climb. */
export function openStage(say: (line: string) => void, signal?: AbortSignal): Stage {
  const parts: { name: string; part: Part }[] = []
  let stopping: Promise<void> | undefined
  let fail: (sentence: string) => void = () => {}
  const failure = new Promise<string>((resolve) => {
    fail = resolve
  })

  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted()
    const since = performance.now()
    const result = await work()
    say(`  ${name.padEnd(10)} ${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`)
    return result
  }

  async function stopAll(): Promise<void> {
    const errors: unknown[] = []
    for (const { part } of parts.toReversed()) await part.stop().catch((error: unknown) => errors.push(error))
    if (errors.length > 0) throw new AggregateError(errors, 'Some parts of the local world did not stop cleanly.')
  }

  return {
    step,
    async start(name, start) {
      const part = await step(name, start)
      parts.push({ name, part })
      return part
    },
    watch(exited, tail = () => '') {
      void exited.then((how) => {
        if (stopping === undefined)
          fail([`${how}, although nobody stopped it.`, tail()].filter(Boolean).join(' It said:\n'))
      })
    },
    failure,
    stop() {
      stopping ??= stopAll()
      return stopping
    },
  }
}
