/** It did not get through. The message is ours and safe to keep: it names no address and repeats nothing that was answered. */
export class NotSent extends Error {
  override name = 'NotSent'
}
