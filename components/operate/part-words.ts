const words: Record<string, string> = {
  database: 'Database',
  queue: 'Queue and worker',
  treasury: 'Treasury',
  stripe: 'Stripe',
  supabase: 'Supabase (sign-in)',
  circle: 'Circle (agents’ wallets)',
}

/** How a part that is looked after is called. */
export function partWords(name: string): string {
  return name.startsWith('chain:') ? `Node of ${name.slice('chain:'.length)}` : (words[name] ?? name)
}
