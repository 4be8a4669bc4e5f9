import { PairingClosed, WalletChanged } from '#components/wallet/failures.ts'

/** What went wrong with a wallet, in words; null when the person simply closed the window. */
export type WalletError = { title: string; detail: string } | null

/** Wallets put their code at different depths: in the error, its cause, or the cause of that. */
function codesOf(error: unknown): number[] {
  const codes: number[] = []
  for (let each = error; each instanceof Object && codes.length < 8; each = 'cause' in each ? each.cause : undefined) {
    codes.push('code' in each && typeof each.code === 'number' ? each.code : 0)
  }
  return codes
}

/** A wallet's error in words that say what to do. Nothing was moved by any of them. */
export function walletError(error: unknown, name: string): WalletError {
  if (error instanceof PairingClosed) return null
  if (error instanceof WalletChanged) {
    return {
      title: error.what === 'chain' ? `${name} is on another network now` : `${name} is on another account now`,
      detail: 'It was asked for nothing, and nothing moved. Change it back and try again.',
    }
  }
  const codes = codesOf(error)
  if (codes.includes(4001) || codes.includes(5000)) {
    return { title: `You declined in ${name}`, detail: 'Nothing happened. Try again when you are ready.' }
  }
  if (codes.includes(-32002)) {
    return { title: `${name} is already asking`, detail: 'Open the wallet, answer its question there, then try again.' }
  }
  return {
    title: `${name} did not answer as expected`,
    detail: 'Nothing happened. Unlock the wallet and try again, or choose another.',
  }
}

/** The same for a payment that the wallet was asked to send. Only what is known to have happened before sending says that nothing moved. */
export function sendError(error: unknown, name: string): WalletError {
  const before = error instanceof WalletChanged || codesOf(error).some((code) => [4001, 5000, -32002].includes(code))
  if (before) return walletError(error, name)
  return {
    title: `${name} gave no clear answer`,
    detail:
      'The payment may have been sent. Look in the wallet before you try again; once the chain has it, it is shown here.',
  }
}
