// How asking a wallet may end without an answer. They stand apart, so that telling them apart loads no wallet.

/** The window with the code was closed before a wallet answered. */
export class PairingClosed extends Error {
  override name = 'PairingClosed'
}

/** The wallet was changed by hand after it had been connected, so it was not asked. */
export class WalletChanged extends Error {
  override name = 'WalletChanged'
  readonly what: 'chain' | 'account'

  constructor(what: 'chain' | 'account') {
    super(`The wallet is on another ${what}.`)
    this.what = what
  }
}
