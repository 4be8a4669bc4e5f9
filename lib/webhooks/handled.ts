/** How a handler left an event. `ignored` means: truly its sender's, but about nothing of ours, for the reason given. */
export type Handled = { outcome: 'processed' } | { outcome: 'ignored'; because: string }
