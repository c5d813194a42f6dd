import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, before } from 'node:test'
import { NodeOAuthClient } from '@atproto/oauth-client-node'
import { letIn } from './chromium.mjs'
import { store } from './store.mjs'

/** An app in Node.js, which nobody has to know: the official client, and the loopback address at which it waits for its user to come back. */
export function useNodeApp(server, chromium) {
  const callbacks = []
  const stores = { stateStore: store(), sessionStore: store() }
  const app = { redirectUri: '' }
  let site

  before(async () => {
    site = createServer(async (request, response) => {
      const { pathname, search } = new URL(request.url, app.redirectUri)
      if (pathname === '/callback') callbacks.push(new URLSearchParams(request.method === 'POST' ? await text(request) : search))
      response.end('You can close this window.')
    }).listen(0, '127.0.0.1')
    await once(site, 'listening')
    app.redirectUri = `http://127.0.0.1:${site.address().port}/callback`
  })
  after(() => site.close())

  /** The client, as it is when the app is started; what it keeps is kept. */
  app.newClient = (options = {}) => {
    const scope = 'atproto transition:generic'
    return new NodeOAuthClient({
      clientMetadata: {
        client_id: `http://localhost?${new URLSearchParams({ redirect_uri: app.redirectUri, scope })}`,
        redirect_uris: [app.redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
        scope,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        dpop_bound_access_tokens: true,
      },
      ...stores,
      handleResolver: server.url,
      plcDirectoryUrl: server.plcUrl,
      allowHttp: true,
      requestLock: (_name, act) => act(),
      ...options,
    })
  }

  /** The user's way through the browser; answers the parameters that come back. */
  app.walk = async (url, person, act = letIn) => {
    const page = await chromium.openWindow()
    const before = callbacks.length
    await page.goto(String(url))
    await act(page, person)
    await page.waitForURL(`${app.redirectUri}*`)
    await page.context().close()
    return callbacks[before]
  }
  return app
}
