import { once } from 'node:events'
import http from 'node:http'
import { after } from 'node:test'

/**
 * An AppView of the tests' own: it has a DID, keeps what it is asked, and answers what `says` makes of a call, or the call itself.
 * `says(nsid, call)` gives { status, headers, body }, or nothing.
 */
export async function startAppView() {
  const view = { url: '', did: '', calls: [], says: () => undefined }
  const server = http.createServer((request, response) => answer(view, request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  view.url = `http://localhost:${port}`
  view.did = `did:web:localhost%3A${port}`
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return view
}

async function answer(view, request, response) {
  const url = new URL(request.url, view.url)
  if (url.pathname === '/.well-known/did.json') {
    const service = ['bsky_appview', 'bsky_chat', 'example'].map((id) => ({ id: `#${id}`, type: id, serviceEndpoint: view.url }))
    return send(response, { body: { id: view.did, service } })
  }

  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const token = request.headers.authorization?.slice('Bearer '.length)
  const [header, claims] = token ? token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url'))) : []
  const call = { method: request.method, url: request.url, params: url.searchParams, headers: request.headers, token, header, claims, body: Buffer.concat(chunks).toString() }
  view.calls.push(call)
  send(response, view.says(url.pathname.slice('/xrpc/'.length), call) ?? { headers: echoed, body: { url: call.url } })
}

const echoed = { 'atproto-repo-rev': '3jzfcijpj2z2a', 'atproto-content-labelers': 'did:plc:labeler', 'retry-after': '7', 'content-language': 'de', 'set-cookie': 'a=b', 'x-other': 'c' }

function send(response, { status = 200, headers = {}, body }) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
