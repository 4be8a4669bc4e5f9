/** What the operations of agents and payments refuse with, by code: an example of each. docs/error-codes.md explains them. */
export const agentRefusals = {
  invalid_api_key: {
    status: 401,
    title: 'No API key that holds',
    detail:
      'Send the header Authorization: Bearer cw_… with a key that was not revoked and has not expired. The person whose agent this is can make one.',
  },
  person_required: {
    status: 403,
    title: 'Only a person may do this',
    detail:
      'An API key can propose, simulate, read and cancel. Ask the person whose agent this is to sign in and do it.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    detail: 'This API key may not propose. The person whose agent this is can make one that may.',
  },
  wrong_state: {
    status: 409,
    title: 'Not possible now',
    detail: 'This payment does not wait for an approval: it is approved.',
  },
  unknown_recipient: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'Nobody is known by that name on this network. Give an address, a saved contact or a handle.',
  },
  ambiguous_recipient: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'No contact is called exactly that. Say which one you mean: Merchant East, Merchant West.',
  },
  own_address: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'That is the address of this wallet itself.',
  },
  lookalike_address: {
    status: 422,
    title: 'Not possible as it was asked',
    detail:
      'This address begins and ends like one of the contacts and is another. Compare the whole of it, and save it as a contact if it is meant.',
  },
  wrong_network: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'This wallet is on base, not on mezo.',
  },
  wrong_asset: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'There is no MUSD on base, where this wallet is.',
  },
  insufficient_balance: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'The wallet holds less than this, or has promised it to other payments.',
  },
  key_limit_exceeded: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'One payment by this API key may be $25.00 at most.',
  },
  intent_changed: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'What was approved is not this payment. Look at it again.',
  },
  invalid_guards: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'There is no time zone Mars/Olympus.',
  },
  name_taken: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'Another of your agents has this name.',
  },
  refund_differs: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'That transfer brought 9.00 USDC and not the 10.00 of the payment.',
  },
  refund_not_final: {
    status: 422,
    title: 'Not there yet',
    detail: 'No block has that transaction yet. Try again once it has arrived.',
  },
  domain_taken: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'Another of your contacts has this address, with a domain already.',
  },
  too_many_agents: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'A person has twenty agents at most.',
  },
  too_many_keys: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'An agent has twenty keys at most. Revoke one that is not used.',
  },
  too_many_conversations: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'There are a hundred conversations with this agent. Delete one first.',
  },
  conversation_full: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'This conversation has become too long. Begin a new one.',
  },
  invalid_expiry: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'A key cannot expire before it is made.',
  },
  link_not_distinct: {
    status: 422,
    title: 'Not possible as it was asked',
    detail:
      'Another open link asks for exactly this amount into this wallet. Choose another amount, if only by a cent, or another wallet, so that each payment can be told apart.',
  },
  too_many_links: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'A person has two hundred open links at most. End some first.',
  },
  too_many_signatures: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'Twenty transactions were named for this payment already.',
  },
} as const
