import { createPublicKey } from 'node:crypto'
import type { KMSClient } from '@aws-sdk/client-kms'
import { type Hex, hexToBytes, keccak256, recoverAddress, serializeTransaction, toHex } from 'viem'
import { publicKeyToAddress } from 'viem/accounts'
import { readDerSignature } from '#lib/rails/chain/der-signature.ts'
import type { Signer } from '#lib/rails/chain/signer.ts'

/** The order of secp256k1. Of the two values of s that fit a signature, chains take the one in the lower half (EIP-2). */
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** How long one call to the vault may take. Signing sends nothing, so it is simply tried again later. */
const timeoutMs = 10_000

/**
 * A signer whose key never leaves AWS KMS: an asymmetric key of spec ECC_SECG_P256K1 for signing. The vault is asked for its
 * public key once, and then for a signature of each transaction's hash. Credentials are found as the AWS SDK finds them;
 * the region is that of the key's ARN, or the given one. The SDK is loaded here and only when this is called.
 */
export async function kmsSigner({ keyId, region }: { keyId: string; region?: string | undefined }): Promise<Signer> {
  const { KMSClient, GetPublicKeyCommand, SignCommand } = await import('@aws-sdk/client-kms')
  const of = regionOf(keyId) ?? region
  const client: KMSClient = new KMSClient({
    ...(of === undefined ? {} : { region: of }),
    maxAttempts: 2,
    requestHandler: { requestTimeout: timeoutMs, connectionTimeout: timeoutMs },
  })
  const { PublicKey, KeySpec } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }))
  if (!PublicKey || KeySpec !== 'ECC_SECG_P256K1') {
    throw new Error(`The KMS key is of spec ${KeySpec ?? 'unknown'}, and has to be ECC_SECG_P256K1.`)
  }
  const address = publicKeyToAddress(uncompressed(PublicKey))

  return {
    address,
    signTransaction: async (transaction) => {
      const hash = keccak256(serializeTransaction(transaction))
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: keyId,
          Message: hexToBytes(hash),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      )
      if (!Signature) throw new Error('KMS answered without a signature.')
      const { r, s } = readDerSignature(Signature)
      const signature = { r: toHex(r, { size: 32 }), s: toHex(s > order / 2n ? order - s : s, { size: 32 }) }
      // KMS does not say which of the two possible keys made it: the one whose address is ours did.
      for (const yParity of [0, 1]) {
        if ((await recoverAddress({ hash, signature: { ...signature, yParity } })) === address) {
          return serializeTransaction(transaction, { ...signature, yParity })
        }
      }
      throw new Error('The signature that KMS made is not by its own public key.')
    },
  }
}

/** arn:aws:kms:<region>:<account>:key/<id> */
function regionOf(keyId: string): string | undefined {
  return keyId.startsWith('arn:') ? keyId.split(':')[3] : undefined
}

/** The key as a point (04, x, y), out of the DER that KMS answers. */
function uncompressed(der: Uint8Array): Hex {
  const { crv, x, y } = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  })
  if (crv !== 'secp256k1' || x === undefined || y === undefined) throw new Error('The KMS key is not on secp256k1.')
  return `0x04${hexOf(x)}${hexOf(y)}`
}

const hexOf = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('hex').padStart(64, '0')
