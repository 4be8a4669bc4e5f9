import { describe, expect, test } from 'vitest'
import { PairingClosed } from '#components/wallet/failures.ts'
import { walletError } from '#components/wallet/wallet-error.ts'

describe("what a wallet's error means", () => {
  test.each([
    ['EIP-1193', { code: 4001, message: 'User rejected the request.' }],
    ['WalletConnect', { code: 5000, message: 'User rejected.' }],
    ['inside another', new Error('failed', { cause: { code: 4001 } })],
  ])('a refusal of the person (%s) reads as theirs', (_, error) => {
    expect(walletError(error, 'Rabby')?.title).toBe('You declined in Rabby')
  })

  test('a question that waits already sends the person to the wallet', () => {
    expect(walletError({ code: -32002 }, 'Rabby')?.title).toBe('Rabby is already asking')
  })

  test.each([undefined, null, 'text', new Error('x'), { code: 'ACTION_REJECTED' }])('%j is something else', (error) => {
    expect(walletError(error, 'Rabby')?.title).toBe('Rabby did not answer as expected')
  })

  test('a closed window is no error', () => {
    expect(walletError(new PairingClosed(), 'WalletConnect')).toBeNull()
  })

  test('an error that is its own cause ends', () => {
    const error = new Error('round')
    error.cause = error
    expect(walletError(error, 'Rabby')).not.toBeNull()
  })
})
