/** A wallet that may be paid into, as a person chooses it. */
export type LinkWallet = {
  id: string
  /** "Ada, on Mezo testnet". */
  name: string
  address: string
  /** The assets that live on its network. */
  assets: string[]
}
