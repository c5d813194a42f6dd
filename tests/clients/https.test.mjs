import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Agent } from '@atproto/api'
import { JoseKey } from '@atproto/jwk-jose'
import { NodeOAuthClient } from '@atproto/oauth-client-node'
import { useAppSite } from './lib/app-site.mjs'
import { keyHash, selfSign } from './lib/certificates.mjs'
import { letIn, useChromium, withoutChromium } from './lib/chromium.mjs'
import { Listener } from './lib/listener.mjs'
import { namesOnLoopback } from './lib/names.mjs'
import { useNodeApp } from './lib/node-app.mjs'
import { useOfficialPlc } from './lib/official.mjs'
import { anyone, credentials } from './lib/people.mjs'
import { freePort } from './lib/ports.mjs'
import { name, useProxy, withoutProxies } from './lib/reverse-proxy.mjs'
import { startServer, stopServer, useServer } from './lib/server.mjs'
import { store } from './lib/store.mjs'

const MiB = 1024 * 1024
const appHost = 'app.example.com'
const skip = withoutProxies || withoutChromium

describe('behind a reverse proxy', { skip }, () => {
  const plc = useOfficialPlc()
  const backend = useBackend()
  const settings = {}
  const server = useServer(async () => Object.assign(settings, await backend.environment(), {
    PDS_HOSTNAME: name,
    PDS_PORT: String(await freePort()),
    PDS_BIND_ADDRESS: '127.0.0.1',
    PDS_DID_PLC_URL: plc.url,
    PDS_JWT_SECRET: randomBytes(16).toString('hex'),
    PDS_ADMIN_PASSWORD: 'admin-of-the-tests',
    PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
    PDS_INVITE_REQUIRED: 'false',
    PDS_BLOB_UPLOAD_LIMIT: String(50 * MiB),
    PDS_DISABLE_SSRF_PROTECTION: 'true', // all that it asks is on this machine
  }))
  const restart = async () => {
    await stopServer(server)
    await startServer(server, settings)
  }

  /** Somebody with an account here, and what they would type. */
  async function somebody() {
    const person = credentials('alice', `.${name}`)
    const agent = anyone(server)
    await agent.createAccount(person)
    return { ...person, agent, did: agent.session.did }
  }

  for (const kind of ['Caddy', 'nginx']) {
    describe(kind, () => {
      const proxy = useProxy(kind, () => settings.PDS_PORT)
      const chromium = useChromium(() => [
        `--host-resolver-rules=MAP ${name} 127.0.0.1:${proxy.port},MAP *.${name} 127.0.0.1:${proxy.port},MAP ${appHost} 127.0.0.1`,
        `--ignore-certificate-errors-spki-list=${[...proxy.keys, backend.key].join(',')}`,
      ])
      const app = useNodeApp(server, chromium)
      const site = useAppSite(server, chromium)

      test('an app in Node.js is let in, calls, refreshes, goes on after a restart, and signs out', async () => {
        const person = await somebody()
        const client = app.newClient()
        const { session } = await client.callback(await app.walk(await client.authorize(person.handle), person))
        assert.ok((await post(session, 'by an app')).startsWith(`at://${person.did}/`))
        assert.equal((await session.getTokenInfo(true)).iss, `https://${name}`)

        await restart()
        const restored = await app.newClient().restore(person.did)
        await post(restored, 'after a restart')

        await restored.signOut()
        await assert.rejects(post(session, 'too late'))
      })

      test('a backend that proves itself by a key is let in, calls, refreshes, goes on after a restart, and signs out', async () => {
        const person = await somebody()
        const page = await chromium.openWindow()
        await page.goto(String(await backend.newClient(server).authorize(person.handle)))
        await letIn(page, person)
        await page.waitForURL(`${backend.url}/callback*`)
        const { session } = await backend.newClient(server).callback(new URL(page.url()).searchParams)
        await page.context().close()
        assert.ok((await post(session, 'by a backend')).startsWith(`at://${person.did}/`))
        assert.ok(await session.getTokenInfo(true))

        await restart()
        const restored = await backend.newClient(server).restore(person.did)
        await post(restored, 'after a restart')

        await restored.signOut()
        await assert.rejects(backend.newClient(server).restore(person.did))
      })

      test('a page is let in, calls, refreshes, is there still after a restart, and signs out; what the browser keeps is bound to TLS and to the host', async () => {
        const person = await somebody()
        const page = await site.open()
        page.evaluate((handle) => void app.signIn(handle), person.handle)
        await page.waitForURL(`https://${name}/sign-in*`)
        await letIn(page, person)
        await page.waitForURL(`${site.url}*`)
        await page.waitForFunction('globalThis.app')

        const cookies = await page.context().cookies(`https://${name}`)
        assert.deepEqual(cookies.map((cookie) => cookie.name).sort(), ['__Host-csrf', '__Host-device'])
        for (const cookie of cookies) {
          assert.deepEqual([cookie.secure, cookie.httpOnly, cookie.sameSite, cookie.domain, cookie.path], [true, true, 'Lax', name, '/'])
        }
        assert.ok((await page.evaluate('app.post("by a page")')).startsWith(`at://${person.did}/`))

        await restart()
        await page.reload()
        await page.waitForFunction('globalThis.app')
        assert.equal(await page.evaluate('app.did'), person.did)
        assert.ok(await page.evaluate('app.refresh()'))

        await page.evaluate('app.signOut()')
        await page.reload()
        await page.waitForFunction('globalThis.app')
        assert.equal(await page.evaluate('app.did'), null)
        await page.context().close()
      })

      test('a passkey of the public name is made, and signs in', async () => {
        const person = await somebody()
        const page = await chromium.openWindow()
        await addAuthenticator(page)
        await page.goto(`https://${name}/sign-in`)
        await page.fill('#identifier', person.handle)
        await page.fill('#password', person.password)
        await page.click("form[action='/sign-in'] button")
        await page.waitForURL(`https://${name}/account/${person.did}`)

        await page.goto(`https://${name}/account/${person.did}/factors`)
        await page.fill('#proof-passkey', person.password)
        await page.click('text=Add a passkey')
        await page.fill('#passkey-name', 'the one of the test')
        await page.click('text=Create the passkey')
        await page.waitForSelector('text=the one of the test')

        await page.goto(`https://${name}/account/${person.did}`)
        await page.click("form[action='/sign-out'] button")
        await page.goto(`https://${name}/sign-in`)
        await page.click('text=Sign in with a passkey')
        await page.waitForURL(`https://${name}/account/${person.did}`)
        await page.context().close()
      })

      test('clients are told of https addresses alone, and sign for those', async () => {
        const metadata = await (await fetch(`https://${name}/.well-known/oauth-authorization-server`)).json()
        assert.equal(metadata.issuer, `https://${name}`)
        for (const address of Object.entries(metadata).filter(([key]) => /_endpoint$|_uri$/.test(key))) assert.ok(address[1].startsWith(`https://${name}/oauth/`), address.join(' '))

        const key = await JoseKey.generate(['ES256'])
        const inner = `http://127.0.0.1:${settings.PDS_PORT}/oauth/par`
        const { headers } = await push(key, metadata.pushed_authorization_request_endpoint)
        const nonce = headers.get('dpop-nonce')
        const wrong = await push(key, inner, nonce)
        const right = await push(key, metadata.pushed_authorization_request_endpoint, nonce)

        assert.deepEqual([wrong.status, (await wrong.json()).error], [401, 'invalid_dpop_proof'])
        assert.equal(right.status, 201)
      })

      test('browsers are sent from http to https, and told to come by https from then on', async () => {
        const redirect = await ask(http, { host: '127.0.0.1', port: proxy.httpPort, path: '/sign-in', headers: { host: name } })
        assert.equal(redirect.statusCode, 308)
        assert.ok(redirect.headers.location.startsWith(`https://${name}`))

        const page = await fetch(`https://${name}/sign-in`)
        assert.equal(page.headers.get('strict-transport-security'), 'max-age=31536000')
      })

      test('accounts have their names there', async () => {
        const person = await somebody()

        assert.equal(await (await fetch(`https://${person.handle}/.well-known/atproto-did`)).text(), person.did)
        const page = await fetch(`https://${person.handle}/sign-in`, { redirect: 'manual' })
        assert.deepEqual([page.status, page.headers.get('location')], [302, `https://${name}/sign-in`])
      })

      test('the firehose passes', async (t) => {
        const listener = new Listener(server, 0)
        t.after(() => listener.close())
        const person = await somebody()
        await person.agent.post({ text: 'heard', createdAt: new Date().toISOString() })

        const events = await listener.of(person.did, 4)

        assert.deepEqual(events.map(({ event }) => event), ['identity', 'account', 'sync', 'create'])
        assert.deepEqual(listener.errors, [])
      })

      test('a large file arrives while it is sent, and comes back whole; the server itself says when one is too large', async () => {
        const { agent, did } = await somebody()
        const [first, rest] = [randomBytes(20 * MiB), randomBytes(30 * MiB)]
        const upload = https.request({
          host: name, path: '/xrpc/com.atproto.repo.uploadBlob', method: 'POST',
          headers: { authorization: `Bearer ${agent.session.accessJwt}`, 'content-type': 'application/octet-stream', 'content-length': 50 * MiB },
        })
        const answered = once(upload, 'response')
        upload.write(first)
        await eventually(async () => (await received(server)) >= 15 * MiB)
        upload.end(rest)
        const [response] = await answered
        const { blob } = await json(response)
        assert.equal(response.statusCode, 200)

        await agent.com.atproto.repo.createRecord({ repo: did, collection: 'com.example.file', record: { blob } })
        const whole = Buffer.from(await (await fetch(`https://${name}/xrpc/com.atproto.sync.getBlob?did=${did}&cid=${blob.ref.$link}`)).arrayBuffer())
        assert.equal(digest(whole), digest(Buffer.concat([first, rest])))

        await assert.rejects(
          agent.uploadBlob(Buffer.concat([first, rest, Buffer.alloc(1)]), { encoding: 'application/octet-stream' }),
          { status: 413, error: 'PayloadTooLarge' })
      })

      test('rates are of the addresses that clients have, whatever they say', async () => {
        const left = async (localAddress, forwardedFor) => {
          const { headers } = await ask(https, {
            host: name, path: '/xrpc/com.atproto.server.describeServer', localAddress, headers: forwardedFor ? { 'x-forwarded-for': forwardedFor, forwarded: `for=${forwardedFor}`, 'x-real-ip': forwardedFor } : {},
          })
          return Number(headers['ratelimit-remaining'])
        }
        const [one, other] = kind === 'Caddy' ? ['127.0.0.11', '127.0.0.12'] : ['127.0.0.13', '127.0.0.14']
        const before = await left(one)

        assert.equal(await left(other), before)
        assert.equal(await left(other, one), before - 1)
        assert.equal(await left(one), before - 1)
        assert.equal(await left(one, '203.0.113.7'), before - 2)
        assert.equal(await left(one, '203.0.113.8, 203.0.113.9'), before - 3)
      })

      if (kind === 'Caddy') {
        test('no certificate is made for a name that nobody has', async () => {
          await assert.rejects(fetch(`https://nobody-here.${name}/`))
          await assert.rejects(fetch(`https://a.b.${name}/`))
        })
      }
    })
  }
})

const post = async (session, text) => (await new Agent(session).post({ text, createdAt: new Date().toISOString() })).uri

/** A passkey's device, of which the browser makes believe. */
async function addAuthenticator(page) {
  const tools = await page.context().newCDPSession(page)
  await tools.send('WebAuthn.enable')
  await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
}

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** One request on a connection of its own. */
async function ask(protocol, options) {
  const [response] = await once(protocol.get({ agent: false, ...options }), 'response')
  response.resume()
  return response
}

/** A pushed request, with a proof for an address that may not be the one it goes to. */
async function push(key, htu, nonce) {
  const proof = await key.createJwt({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.bareJwk }, { jti: randomBytes(8).toString('hex'), htm: 'POST', htu, iat: Math.floor(Date.now() / 1000), nonce })
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url')
  return fetch(`https://${name}/oauth/par`, {
    method: 'POST',
    headers: { dpop: proof },
    body: new URLSearchParams({
      client_id: 'http://localhost', redirect_uri: 'http://127.0.0.1/', response_type: 'code', scope: 'atproto', state: 'a', code_challenge: challenge, code_challenge_method: 'S256',
    }),
  })
}

/** How much of an upload the server has on its disk. */
async function received(server) {
  const folder = path.join(server.data, 'blobs', 'tmp')
  const sizes = await Promise.all((await readdir(folder).catch(() => [])).map((file) => stat(path.join(folder, file)).then(({ size }) => size, () => 0)))
  return Math.max(0, ...sizes)
}

async function eventually(isSo) {
  const deadline = Date.now() + 10_000
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It did not come to that')
    await setTimeout(20)
  }
}

/** The backend of an app, whose metadata are at an https address that the server finds and trusts. */
function useBackend() {
  const backend = { url: '', key: '', folder: '' }
  const stores = { stateStore: store(), sessionStore: store() }
  let certificate, keyset, metadata, publisher

  before(async () => {
    backend.folder = await mkdtemp(path.join(tmpdir(), 'pds-clients-backend-'))
    const files = await selfSign(backend.folder, appHost)
    certificate = files.certificate
    backend.key = await keyHash(certificate)
    publisher = https.createServer({ key: await readFile(files.key), cert: await readFile(certificate) }, (request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(request.url.startsWith('/callback') ? {} : metadata))
    }).listen(0, '127.0.0.1')
    await once(publisher, 'listening')
    backend.url = `https://${appHost}:${publisher.address().port}`

    keyset = [await JoseKey.generate(['ES256'], 'key-1')]
    metadata = {
      client_id: `${backend.url}/client.json`,
      redirect_uris: [`${backend.url}/callback`],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'atproto transition:generic',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      dpop_bound_access_tokens: true,
      jwks: { keys: [keyset[0].publicJwk] },
    }
  })
  after(async () => {
    publisher.closeAllConnections()
    publisher.close()
    await rm(backend.folder, { recursive: true, force: true })
  })

  /** With what the server finds it. */
  backend.environment = () => namesOnLoopback(backend.folder, certificate, appHost)
  backend.newClient = ({ url, plcUrl }) => new NodeOAuthClient({
    clientMetadata: metadata, keyset, ...stores, handleResolver: url, plcDirectoryUrl: plcUrl, allowHttp: true, requestLock: (_name, act) => act(),
  })
  return backend
}
