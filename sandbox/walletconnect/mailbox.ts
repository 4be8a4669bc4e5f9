export type Message = {
  id: number
  topic: string
  message: string
  tag: number
  publishedAt: number
  expiresAt: number
}

export type Mailbox = {
  /** Keeps a message that `sender` published, until its time is up. */
  put: (message: Message, sender: string) => void
  /** What is kept for a topic and `reader` neither wrote nor confirmed. */
  unreadOf: (topic: string, reader: string) => Message[]
  /** `reader` has this message and need not be given it again. */
  confirm: (id: number, reader: string) => void
}

/** Keeps messages for those who subscribe later, or again after a reconnect, as the real relay does. */
export function createMailbox(now: () => number = Date.now): Mailbox {
  const topics = new Map<string, Message[]>()
  const readers = new Map<number, Set<string>>()

  const fresh = (topic: string): Message[] => {
    const messages = topics.get(topic) ?? []
    const kept = messages.filter(({ expiresAt }) => expiresAt > now())
    for (const { id } of messages) if (!kept.some((message) => message.id === id)) readers.delete(id)
    if (kept.length === 0) topics.delete(topic)
    else topics.set(topic, kept)
    return kept
  }

  return {
    put: (message, sender) => {
      topics.set(message.topic, [...fresh(message.topic), message])
      readers.set(message.id, new Set([sender]))
    },
    unreadOf: (topic, reader) => fresh(topic).filter(({ id }) => !readers.get(id)?.has(reader)),
    confirm: (id, reader) => void readers.get(id)?.add(reader),
  }
}
