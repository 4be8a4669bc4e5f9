import { constants, createHash, generateKeyPair, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import { promisify } from 'node:util'

import { refusal } from '#sandbox/circle/errors.ts'
import type { State } from '#sandbox/circle/state.ts'

const generate = promisify(generateKeyPair)

export type Entity = {
  /** As Circle serves it: an armour that says RSA PUBLIC KEY around a body that is SPKI. */
  publicKey: () => Promise<string>
  /** Takes one encrypted entity secret, once. Throws Circle's refusal when it is wrong or was seen before. */
  take: (ciphertext: unknown) => Promise<void>
}

/** The key to which the entity secret is encrypted. Made at the first start, beside everything else, as it takes seconds. */
export function openEntity(state: State, entitySecret: string): Entity {
  const keys = loadKeys(state)
  keys.catch(() => undefined)
  return {
    publicKey: async () => (await keys).publicKey,
    take: async (ciphertext) => {
      if (typeof ciphertext !== 'string') throw refusal(400, 2, 'entitySecretCiphertext')
      const { privateKey } = await keys
      const digest = createHash('sha256').update(ciphertext).digest('hex')
      if (state.ciphertexts.get(digest)) throw refusal(400, 156004)
      if (decrypt(privateKey, ciphertext) !== entitySecret.toLowerCase()) throw refusal(400, 156013)
      state.ciphertexts.put(digest, true)
    },
  }
}

async function loadKeys(state: State): Promise<{ publicKey: string; privateKey: string }> {
  const stored = state.entityKeys.get('entity')
  if (stored) return stored
  const made = await generate('rsa', {
    modulusLength: 4096,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const keys = { publicKey: made.publicKey.replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY'), privateKey: made.privateKey }
  state.entityKeys.put('entity', keys)
  return keys
}

function decrypt(key: string, ciphertext: string): string | undefined {
  try {
    const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
    return privateDecrypt(options, Buffer.from(ciphertext, 'base64')).toString('hex')
  } catch {
    return undefined
  }
}

/** The P-256 key that signs notifications: PEM to sign with, base64 SPKI as Circle publishes it. */
export function openNotificationKey(state: State): { publicKey: string; privateKey: string } {
  const stored = state.entityKeys.get('notifications')
  if (stored) return stored
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = {
    publicKey: made.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  state.entityKeys.put('notifications', keys)
  return keys
}
