export type Connection = {
  id: 'code' | 'desktop' | 'other' | 'rest'
  name: string
  where: string
  language: 'curl' | 'json'
  text: string
}

/** Stands for a key where none is at hand: keys are shown once. */
export const keyPlaceholder = 'cw_YOUR_KEY'

/** How software is given an agent's key: for each client the exact text, and where it goes. */
export function connections(appUrl: string, key: string): Connection[] {
  const url = `${appUrl}/api/mcp`
  const bearer = `Bearer ${key}`
  return [
    {
      id: 'code',
      name: 'Claude Code',
      where: 'Run this in a terminal.',
      language: 'curl',
      text: `claude mcp add --transport http causeway ${url} \\\n  --header "Authorization: ${bearer}"`,
    },
    {
      id: 'desktop',
      name: 'Claude Desktop',
      where: 'Put this in claude_desktop_config.json, and start Claude Desktop again.',
      language: 'json',
      text: pretty({
        mcpServers: {
          causeway: {
            command: 'npx',
            // The client splits arguments at spaces on Windows; so the header's value comes by way of the environment.
            // biome-ignore lint/suspicious/noTemplateCurlyInString: mcp-remote fills it in.
            args: ['-y', 'mcp-remote', url, '--header', 'Authorization:${CAUSEWAY_KEY}'],
            env: { CAUSEWAY_KEY: bearer },
          },
        },
      }),
    },
    {
      id: 'other',
      name: 'Other MCP',
      where: 'For any client that speaks MCP over Streamable HTTP.',
      language: 'json',
      text: pretty({ mcpServers: { causeway: { type: 'http', url, headers: { Authorization: bearer } } } }),
    },
    {
      id: 'rest',
      name: 'REST',
      where: 'Or call the API directly.',
      language: 'curl',
      text: `curl ${appUrl}/api/v1/wallets \\\n  --header "Authorization: ${bearer}"`,
    },
  ]
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
