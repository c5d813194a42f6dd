import { get } from 'node:http'
import { IdResolver } from '@atproto/identity'

/**
 * Resolves DIDs at the server's directory and handles at the server itself: no DNS has names under .test, so what would go to
 * https://alice.test goes to the server, under that name; unless names lead there already. The SDK's own fetch refuses loopback, hence this one.
 */
export function identities(server) {
  const resolver = new IdResolver({
    plcUrl: server.plcUrl,
    fetch: (url, init) => (server.url.startsWith('http:') && new URL(url).hostname.endsWith('.test') ? fetchAs(server, new URL(url)) : fetch(url, init)),
  })
  resolver.handle.resolveDns = async () => undefined
  return resolver
}

function fetchAs(server, { hostname, pathname }) {
  return new Promise((resolve, reject) => {
    get(new URL(pathname, server.url), { headers: { host: hostname } }, async (response) => {
      const parts = await response.toArray()
      resolve(new Response(Buffer.concat(parts), { status: response.statusCode }))
    }).on('error', reject)
  })
}
