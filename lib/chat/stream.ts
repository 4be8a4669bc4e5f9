import { randomUUID } from 'node:crypto'
import { createUIMessageStream, type UIMessageChunk } from 'ai'
import type { ChatMessage, ChatPart } from '#lib/chat/schema.ts'
import type { Answer } from '#lib/chat/turn.ts'
import { Problem } from '#lib/http/problem.ts'
import { errorText, log } from '#lib/log.ts'

/** An answer in the AI SDK's stream of a UI message, as it is being made. `kept` is the same, as it is kept. */
export function streamAnswer(
  make: (answer: Answer, kept: ChatPart[]) => Promise<void>,
): ReadableStream<UIMessageChunk> {
  return createUIMessageStream<ChatMessage>({
    execute: async ({ writer }) => {
      const kept: ChatPart[] = []
      let open: { id: string; part: { type: 'text'; text: string } } | undefined
      const close = () => {
        if (open) writer.write({ type: 'text-end', id: open.id })
        open = undefined
      }
      const add = (piece: string) => {
        if (!open) {
          open = { id: randomUUID(), part: { type: 'text', text: '' } }
          kept.push(open.part)
          writer.write({ type: 'text-start', id: open.id })
        }
        open.part.text += piece
        writer.write({ type: 'text-delta', id: open.id, delta: piece })
      }
      await make(
        {
          add,
          say: (text) => {
            close()
            add(text)
            close()
          },
          show: (name, data) => {
            close()
            // Cast: a name and its data are one of the parts, which TypeScript cannot put together for any name.
            const part = { type: `data-${name}`, data } as ChatPart & { type: `data-${typeof name}` }
            kept.push(part)
            writer.write({ ...part, id: randomUUID() } as Parameters<typeof writer.write>[0])
          },
        },
        kept,
      )
      close()
    },
    onError: (error) => {
      if (error instanceof Problem) return error.detail
      log.error('a message could not be answered', { error: errorText(error) })
      return 'Something went wrong on our side. Send it again: what you ordered is paid once.'
    },
  })
}

/** An answer that was kept, as the stream it once was. */
export function streamKept(parts: readonly ChatPart[]): ReadableStream<UIMessageChunk> {
  return streamAnswer(async (answer) => {
    for (const part of parts) {
      if (part.type === 'text') answer.say(part.text)
      // Cast: what was kept was shown under the same name before.
      else if ('data' in part) answer.show(part.type.slice('data-'.length) as 'wallet', part.data as never)
    }
  })
}
