import assert from 'node:assert/strict'
import http from 'node:http'
import { before, describe, test } from 'node:test'
import { AtpAgent } from '@atproto/api'
import { startAppView } from './lib/app-view.mjs'
import { useOfficialPds, useOfficialPlc, withoutOfficial } from './lib/official.mjs'
import { credentials } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

// The same calls to this server and to the official one, both with the same AppView: what arrives there, and what comes back, must be the same.
const view = await startAppView()
const settings = { PDS_BSKY_APP_VIEW_URL: view.url, PDS_BSKY_APP_VIEW_DID: view.did, PDS_BSKY_APP_VIEW_CDN_URL_PATTERN: 'https://cdn.example.com/img/%s/plain/%s/%s@jpeg' }
const people = {}

/** One call to both; answers with what each of them passed on and answered, in comparable form. */
async function onBoth(call) {
  const seen = {}
  for (const [name, person] of Object.entries(people)) {
    view.calls.length = 0
    const answer = await send(person, typeof call === 'function' ? call(person) : call)
    seen[name] = { passedOn: view.calls.map((passed) => comparable(passed, person)), answer: answerOf(answer, person) }
  }
  return seen
}

function send({ url, agent, app }, { method = 'GET', path, headers = {}, body, as = agent }) {
  const session = (as === 'app' ? app : as)?.session
  const authorization = session ? { authorization: `Bearer ${session.accessJwt}` } : {}
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, url), { method, headers: { ...authorization, ...headers } }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

const withoutNames = (text, { agent }) => text.replaceAll(agent.session.did, 'DID').replaceAll(encodeURIComponent(agent.session.did), 'DID').replaceAll(agent.session.handle, 'HANDLE')

/** What arrived, without what is of the connection, and a token by what it says. */
function comparable({ method, url, headers, header, claims, body }, person) {
  const { host, connection, authorization, ...rest } = headers
  const token = claims && { header, iss: claims.iss === person.agent.session.did, aud: claims.aud, lxm: claims.lxm, lifetime: claims.exp - claims.iat, jti: claims.jti.length, names: Object.keys(claims).sort() }
  return { method, url: withoutNames(url, person), headers: rest, token, body }
}

/** What came back, without what each HTTP server says of itself. */
function answerOf({ status, headers, body }, person) {
  const kept = ['content-type', 'content-language', 'content-encoding', 'atproto-repo-rev', 'atproto-content-labelers', 'retry-after', 'set-cookie', 'x-other', 'access-control-allow-origin', ...(status < 400 ? ['cache-control'] : [])]
  const isText = !headers['content-encoding']
  return { status, headers: Object.fromEntries(kept.map((name) => [name, headers[name]])), body: isText ? withoutNames(body, person) : 'encoded' }
}

const profile = '/xrpc/app.bsky.actor.getProfile?actor=example.com'
const calls = {
  'a method that nobody here has': { path: '/xrpc/app.bsky.graph.getFollows?actor=x%2Fy&b=1+2' },
  'with all headers': {
    path: '/xrpc/app.bsky.graph.getFollows?actor=x',
    headers: {
      'accept-language': 'de', 'accept-encoding': 'own;q=0.5, other', 'atproto-accept-labelers': 'did:plc:x;redact', 'x-bsky-topics': 'cats', 'x-atproto-new': 'one',
      cookie: 'a=b', 'user-agent': 'spy', 'x-forwarded-for': '192.0.2.1', 'content-type': 'text/plain',
    },
  },
  'a procedure': { method: 'POST', path: '/xrpc/app.bsky.graph.muteActor', headers: { 'content-type': 'application/json', 'content-length': '13' }, body: '{"actor":"x"}' },
  'a head': { method: 'HEAD', path: '/xrpc/app.bsky.graph.getFollows?actor=x' },
  'a service by its name': { path: '/xrpc/com.example.thing.get', headers: { 'atproto-proxy': `${view.did}#example` } },
  'a service that is not there': { path: '/xrpc/com.example.thing.get', headers: { 'atproto-proxy': `${view.did}#nothing` } },
  'a name that is none': { path: '/xrpc/com.example.thing.get', headers: { 'atproto-proxy': 'garbage' } },
  'a method of the account itself': { path: '/xrpc/com.atproto.server.getSession.x', headers: { 'atproto-proxy': `${view.did}#example` } },
  'chat through an app password': { path: '/xrpc/chat.bsky.convo.listConvos', as: 'app' },
  'chat through the own password': { path: '/xrpc/chat.bsky.convo.listConvos' },
  'a method that is completed': { path: profile },
  'a method that is completed, compressed': { path: profile, headers: { 'accept-encoding': 'gzip, deflate, br' } },
  'a method that is completed, from a service by its name': { path: profile, headers: { 'atproto-proxy': `${view.did}#example` } },
  'a method that is completed, for nobody': { path: profile, as: null },
  'a timeline with a wrong limit': { path: '/xrpc/app.bsky.feed.getTimeline?limit=1000' },
  'a profile of nobody': { path: '/xrpc/app.bsky.actor.getProfile' },
  'profiles with brackets': { path: '/xrpc/app.bsky.actor.getProfiles?actors[]=example.com' },
  'nothing that is understood': { path: profile, headers: { 'accept-encoding': '*;q=0' } },
  "a record of another's": { path: '/xrpc/com.atproto.repo.getRecord?repo=did:plc:ewvi7nxzyoun6zhxrhs64oiz&collection=app.bsky.feed.post&rkey=x', as: null },
  'preferences of the AppView by its name': { path: '/xrpc/app.bsky.actor.getPreferences', headers: { 'atproto-proxy': `${view.did}#bsky_appview` } },
  'a preference that is none': { method: 'POST', path: '/xrpc/app.bsky.actor.putPreferences', headers: { 'content-type': 'application/json' }, body: '{"preferences":[{"a":1}]}' },
  'a preference of another namespace': { method: 'POST', path: '/xrpc/app.bsky.actor.putPreferences', headers: { 'content-type': 'application/json' }, body: '{"preferences":[{"$type":"com.example.a"}]}' },
  'a date of birth through an app password': {
    method: 'POST', path: '/xrpc/app.bsky.actor.putPreferences', as: 'app', headers: { 'content-type': 'application/json' },
    body: '{"preferences":[{"$type":"app.bsky.actor.defs#personalDetailsPref","birthDate":"1990-01-01T00:00:00Z"}]}',
  },
}

// ---- Read after write: canned answers of an AppView that lags, made for whoever asks.

const other = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const minutesAgo = (minutes) => new Date(Math.floor(Date.now() / 60_000 - minutes) * 60_000).toISOString()
const author = (did) => ({ did, handle: 'other.test', ...(did === other && { displayName: 'Other' }) })
const post = (did, rkey, minutes, record = {}) => ({
  uri: `at://${did}/app.bsky.feed.post/${rkey}`, cid: 'bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua', author: author(did),
  record: { $type: 'app.bsky.feed.post', text: 'seen', createdAt: '2026-01-02T03:04:05.678Z', ...record }, indexedAt: minutesAgo(minutes), likeCount: 3,
})
const createdAt = '2026-01-02T03:04:05.678Z'
const ref = (uri) => ({ uri, cid: 'bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua' })

/** Has both people write, has the AppView lag behind, and asks; answers with what came back. */
async function lagging({ write, says, ask }) {
  const seen = {}
  for (const [name, person] of Object.entries(people)) {
    const { agent } = person
    const first = (await say({})(agent)).uri
    const { rev } = (await agent.com.atproto.sync.getLatestCommit({ did: agent.session.did })).data
    const written = await write(agent)
    view.says = (nsid) => {
      const answer = says(nsid, agent.session.did, first)
      return answer && { status: answer.error ? 400 : 200, headers: { 'atproto-repo-rev': rev }, body: answer }
    }
    const answer = await send(person, { path: ask(agent.session, written) })
    view.says = () => undefined
    const lag = answer.headers['atproto-upstream-lag']
    seen[name] = { status: answer.status, lag: lag === undefined ? 'none' : Number(lag) >= 0, type: answer.headers['content-type'], body: plain(answer.body, person, [written, { uri: first, cid: 'none' }]) }
  }
  return seen
}

/** Without what differs between two accounts, and the fields that one server adds where the other does not look. */
function plain(body, person, written) {
  const names = written.map(({ uri }, i) => [uri.split('/').at(-1), `RKEY${i}`])
  const cids = written.map(({ cid }, i) => [cid, `CID${i}`])
  let text = withoutNames(body, person)
  for (const [given, name] of [...names, ...cids]) text = text.replaceAll(given, name)
  return JSON.parse(text.replaceAll(person.url, 'PDS'), (key, value) => (key === 'indexedAt' && value > minutesAgo(0) ? 'now' : value))
}

const create = (collection, record) => async (agent) => (await agent.com.atproto.repo.createRecord({ repo: agent.session.did, collection, record: { createdAt, ...record } })).data
const say = (record) => create('app.bsky.feed.post', { text: 'new', ...record })
const timeline = (did) => ({ cursor: 'more', feed: [{ post: post(other, 'newer', -5) }, { post: post(other, 'older', 5) }] })
const image = async (agent) => (await agent.uploadBlob(Buffer.from('89504e470d0a1a0a00', 'hex'), { encoding: 'image/png' })).data.blob

const stories = {
  'a new post in the timeline': { write: say({}), says: (nsid, did) => timeline(did), ask: () => '/xrpc/app.bsky.feed.getTimeline' },
  'a post with pictures': {
    write: async (agent) => say({ embed: { $type: 'app.bsky.embed.images', images: [{ image: await image(agent), alt: 'a cat', aspectRatio: { width: 4, height: 3 } }] } })(agent),
    says: (nsid, did) => timeline(did), ask: () => '/xrpc/app.bsky.feed.getTimeline',
  },
  'a post with a link': {
    write: say({ embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com', title: 't', description: 'd' } } }),
    says: (nsid, did) => timeline(did), ask: () => '/xrpc/app.bsky.feed.getTimeline',
  },
  'a post that quotes another': {
    write: say({ embed: { $type: 'app.bsky.embed.record', record: ref(`at://${other}/app.bsky.feed.post/quoted`) } }),
    says: (nsid, did) => (nsid === 'app.bsky.feed.getPosts' ? { posts: [post(other, 'quoted', 9)] } : timeline(did)),
    ask: () => '/xrpc/app.bsky.feed.getTimeline',
  },
  'a post that quotes what is not there, with a link': {
    write: say({
      embed: {
        $type: 'app.bsky.embed.recordWithMedia', record: { $type: 'app.bsky.embed.record', record: ref(`at://${other}/app.bsky.feed.post/none`) },
        media: { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com', title: 't', description: 'd' } },
      },
    }),
    says: (nsid, did) => (nsid === 'app.bsky.feed.getPosts' ? { posts: [] } : timeline(did)),
    ask: () => '/xrpc/app.bsky.feed.getTimeline',
  },
  "the author's feed": { write: say({}), says: (nsid, did, first) => ({ feed: [{ post: post(did, first.split('/').at(-1), 5) }] }), ask: ({ did }) => `/xrpc/app.bsky.feed.getAuthorFeed?actor=${did}` },
  'a new profile': {
    write: async (agent) => {
      const { uri, cid } = (await agent.com.atproto.repo.putRecord({
        repo: agent.session.did, collection: 'app.bsky.actor.profile', rkey: 'self', record: { $type: 'app.bsky.actor.profile', displayName: `new ${Math.random()}`.slice(0, 3), description: 'd', avatar: await image(agent) },
      })).data
      return { uri: `${uri}/0`, cid }
    },
    says: (nsid, did) => ({ ...author(did), banner: 'https://example.com/old', followersCount: 3 }), ask: ({ did }) => `/xrpc/app.bsky.actor.getProfile?actor=${did}`,
  },
  'a reply in a thread': {
    write: say({ reply: { root: ref(`at://${other}/app.bsky.feed.post/root`), parent: ref(`at://${other}/app.bsky.feed.post/root`) } }),
    says: () => ({ thread: { $type: 'app.bsky.feed.defs#threadViewPost', post: post(other, 'root', 5), replies: [] } }),
    ask: () => `/xrpc/app.bsky.feed.getPostThread?uri=at://${other}/app.bsky.feed.post/root`,
  },
  'a thread of a post that the AppView does not know': {
    write: say({}), says: () => ({ error: 'NotFound', message: 'not found' }), ask: (session, { uri }) => `/xrpc/app.bsky.feed.getPostThread?uri=${uri}`,
  },
  'what is not there': {
    write: say({}), says: () => ({ error: 'NotFound', message: 'not found' }), ask: () => `/xrpc/app.bsky.feed.getPostThread?uri=at://${other}/app.bsky.feed.post/none`,
  },
  'an answer of another shape': { write: say({}), says: () => ({ nothing: 1 }), ask: () => '/xrpc/app.bsky.feed.getTimeline' },
}

describe('The same as with the official server', { skip: withoutOfficial }, () => {
  const plc = useOfficialPlc()
  const official = useOfficialPds(() => ({ ...settings, PDS_DID_PLC_URL: plc.url }))
  const ours = useServer(settings)

  before(async () => {
    for (const [name, server] of Object.entries({ ours, official })) {
      const agent = new AtpAgent({ service: server.url })
      await agent.createAccount(credentials())
      const { password } = (await agent.com.atproto.server.createAppPassword({ name: 'app' })).data
      const app = new AtpAgent({ service: server.url })
      await app.login({ identifier: agent.session.handle, password })
      people[name] = { url: server.url, agent, app }
    }
  })

  for (const [name, call] of Object.entries(calls)) {
    test(`passed on: ${name}`, async () => {
      const seen = await onBoth(call)
      assert.deepEqual(seen.ours, seen.official)
    })
  }

  for (const [name, story] of Object.entries(stories)) {
    test(`completed: ${name}`, async () => {
      const seen = await lagging(story)
      assert.deepEqual(seen.ours, seen.official)
    })
  }
})
