/** How a handler left an event. `ignored` means: truly its sender's, but about nothing of ours, for the reason given. */
export type Handled = { outcome: 'processed' } | { outcome: 'ignored'; because: string }

/** Handles one event's JSON. Throws to be tried again. */
export type Handler = (event: unknown) => Promise<Handled>
