import { Agent } from '@atproto/api'
import { BrowserOAuthClient } from '@atproto/oauth-client-browser'

/** What the page of an app does; the tests call it. Where the server is, is in what the test has put there. */
const { server, plcUrl } = JSON.parse(localStorage.getItem('where'))
const scope = 'atproto transition:generic'
const clientId = `http://localhost?${new URLSearchParams({ redirect_uri: location.origin + location.pathname, scope })}`

const client = await BrowserOAuthClient.load({ clientId, handleResolver: server, plcDirectoryUrl: plcUrl, allowHttp: true })
const found = await client.init().catch((error) => ({ error }))

globalThis.app = {
  did: found?.session?.did ?? null,
  state: found?.state ?? null,
  error: found?.error ? String(found.error) : null,
  signIn: (handle, options) => client.signIn(handle, options),
  post: async (text) => (await new Agent(found.session).post({ text, createdAt: new Date().toISOString() })).uri,
  refresh: async () => (await found.session.getTokenInfo(true)).expiresAt?.toISOString(),
  signOut: () => found.session.signOut(),
}
