import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { AtpAgent, AtUri } from '@atproto/api'
import { verifyRepoCar } from '@atproto/repo'
import { Listener } from './lib/listener.mjs'
import { codeTo } from './lib/mail.mjs'
import { stopOfficial, useOfficialPds, useOfficialPlc, withoutOfficial } from './lib/official.mjs'
import { anyone, credentials } from './lib/people.mjs'
import { jpeg, png } from './lib/pictures.mjs'
import { runVerb, startServer, stopServer } from './lib/server.mjs'

const post = 'app.bsky.feed.post'
const follow = 'app.bsky.graph.follow'
const posts = 120

describe('An official server whose place is taken', { skip: withoutOfficial }, () => {
  const plc = useOfficialPlc()
  const old = useOfficialPds(() => ({
    PDS_DID_PLC_URL: plc.url,
    PDS_INVITE_REQUIRED: 'true',
    PDS_BSKY_APP_VIEW_URL: 'http://127.0.0.1:1', // nobody is asked, but without one the official PDS keeps no preferences
    PDS_BSKY_APP_VIEW_DID: 'did:web:appview.example.com',
  }))
  const here = { url: '', process: null }
  const people = {}
  const known = { roots: {}, records: {}, blobs: {} }
  let reserved, pending, dryRun, tooEarly, report, again, lastSeq

  function admin(server) {
    const agent = anyone(server)
    agent.setHeader('authorization', `Basic ${Buffer.from(`admin:${old.settings.PDS_ADMIN_PASSWORD}`).toString('base64')}`)
    return agent
  }

  /** Somebody who signed up on the old server, and whatever a client of theirs holds. */
  async function join(name) {
    const person = credentials(name)
    const { code } = (await admin(old).com.atproto.server.createInviteCode({ useCount: 2 })).data
    const agent = new AtpAgent({ service: old.url })
    await agent.createAccount({ ...person, inviteCode: code })
    return (people[name] = { ...person, code, agent, did: agent.session.did })
  }

  /** The same client in another run of its app: all that it has are the tokens that it kept. */
  async function goOn(session) {
    const agent = new AtpAgent({ service: here.url })
    agent.sessionManager.session = { ...session }
    await agent.sessionManager.refreshSession()
    return agent
  }

  async function listAll(service, did, collection) {
    const found = []
    let cursor
    do {
      const { data } = await anyone(service).com.atproto.repo.listRecords({ repo: did, collection, limit: 100, cursor })
      found.push(...data.records.map(({ uri, cid }) => `${uri} ${cid}`))
      cursor = data.records.length ? data.cursor : undefined
    } while (cursor)
    return found
  }

  async function alicesLife() {
    const alice = await join('alice')
    const { agent, did } = alice
    const avatar = (await agent.uploadBlob(png, { encoding: 'image/png' })).data.blob
    const picture = (await agent.uploadBlob(jpeg, { encoding: 'image/jpeg' })).data.blob
    await agent.com.atproto.repo.putRecord({ repo: did, collection: 'app.bsky.actor.profile', rkey: 'self', record: { displayName: 'Alice', avatar } })
    await agent.post({ text: 'a picture', embed: { $type: 'app.bsky.embed.images', images: [{ image: picture, alt: 'grey' }] } })
    for (let i = 0; i < posts; i += 40)
      await agent.com.atproto.repo.applyWrites({
        repo: did,
        writes: Array.from({ length: 40 }, (_, n) => ({
          $type: 'com.atproto.repo.applyWrites#create', collection: post, value: { $type: post, text: `post ${i + n}`, createdAt: new Date().toISOString() },
        })),
      })
    const { uri } = await agent.post({ text: 'taken back' })
    await agent.deletePost(uri)
    alice.waiting = (await agent.uploadBlob(Buffer.from('not mentioned yet'), { encoding: 'text/plain' })).data.blob

    alice.appPassword = (await agent.com.atproto.server.createAppPassword({ name: 'phone' })).data.password
    alice.privileged = (await agent.com.atproto.server.createAppPassword({ name: 'desk', privileged: true })).data.password
    const phone = new AtpAgent({ service: old.url })
    await phone.login({ identifier: alice.handle, password: alice.appPassword })
    alice.phone = phone.session

    await agent.app.bsky.actor.putPreferences({ preferences: [
      { $type: 'app.bsky.actor.defs#adultContentPref', enabled: true },
      { $type: 'app.bsky.actor.defs#personalDetailsPref', birthDate: '1990-05-06T00:00:00.000Z' },
    ] })
    await agent.com.atproto.server.requestEmailConfirmation()
    await agent.com.atproto.server.confirmEmail({ email: alice.email, token: await codeTo(old, alice.email) })
    known.blobs = { [avatar.ref]: png, [picture.ref]: jpeg }
  }

  async function othersLives() {
    const { agent } = await join('bob')
    await agent.follow(people.alice.did)
    const { uri, cid } = await agent.post({ text: 'hidden by moderators' })
    Object.assign(people.bob, { hidden: uri, hiddenCid: cid })
    await admin(old).com.atproto.admin.updateSubjectStatus({ subject: { $type: 'com.atproto.repo.strongRef', uri, cid }, takedown: { applied: true, ref: '12' } })
    await agent.com.atproto.server.requestPasswordReset({ email: people.bob.email })

    const carol = await join('carol')
    await carol.agent.com.atproto.server.deactivateAccount({})
    const dave = await join('dave')
    await admin(old).com.atproto.admin.updateSubjectStatus({ subject: { $type: 'com.atproto.admin.defs#repoRef', did: dave.did }, takedown: { applied: true, ref: '13' } })

    reserved = (await anyone(old).com.atproto.server.reserveSigningKey({ did: 'did:web:erin.example.com' })).data.signingKey
    pending = await codeTo(old, people.bob.email)
  }

  /** What the network has seen of everybody. */
  async function writeDown() {
    for (const { did } of [people.alice, people.bob]) {
      known.roots[did] = (await anyone(old).com.atproto.sync.getLatestCommit({ did })).data
      known.records[did] = [await listAll(old, did, post), await listAll(old, did, follow)]
    }
  }

  /** Follows the firehose for the length of some work, with every check that the SDK has. */
  async function hearing(cursor, work) {
    const listener = new Listener({ url: here.url, plcUrl: plc.url }, cursor)
    try {
      const heard = await work(listener)
      assert.deepEqual(listener.errors, [])
      return heard
    } finally {
      await listener.close()
    }
  }

  before(async () => {
    await alicesLife()
    await othersLives()
    await writeDown()

    const verb = (...words) => runVerb(old.settings, 'server', 'takeover', old.data, ...words)
    const files = await readdir(old.data)
    dryRun = { ...(await verb('--dry-run', '--json')), left: (await readdir(old.data)).filter((file) => !files.includes(file)) }
    tooEarly = await verb()
    await stopOfficial(old)
    report = await verb('--json')
    again = await verb('--json')
    await startServer(here, { ...old.settings, LOG_ENABLED: 'true' }) // the log names the address
  })
  after(() => here.process && stopServer(here))

  test('A dry run looks at everything and writes nothing, while the old server runs', () => {
    assert.deepEqual([dryRun.code, dryRun.errors, dryRun.left], [0, '', []])
    const { accounts, blobs, records, oldServerRuns, isDryRun } = JSON.parse(dryRun.output)
    assert.deepEqual([accounts, blobs, records, oldServerRuns, isDryRun], [4, 3, posts + 4, true, true])
  })

  test('Nothing is taken from a server that still runs', () => {
    assert.equal(tooEarly.code, 1)
    assert.match(tooEarly.errors, /The old server is running/)
  })

  test('Everything is brought, and a second run finds nothing more to bring', () => {
    assert.equal(report.code, 0, report.errors)
    const first = JSON.parse(report.output)
    lastSeq = first.oldSeq
    assert.ok(lastSeq > posts / 40)
    assert.deepEqual(
      [first.accounts, first.accountsHereAlready, first.blobs, first.invites, first.appPasswords, first.reservedKeys, first.preferences, first.problems, first.remarks],
      [4, 0, 3, 4, 2, 1, 2, [], []])
    assert.ok(first.sessions >= 4 && first.events >= posts / 40)
    const second = JSON.parse(again.output)
    assert.deepEqual([again.code, second.accounts, second.accountsHereAlready, second.events], [0, 0, 4, 0])
  })

  test('Every repo has the root that it had, verifies, and lists the records that it had', async () => {
    for (const { did } of [people.alice, people.bob]) {
      assert.deepEqual((await anyone(here).com.atproto.sync.getLatestCommit({ did })).data, known.roots[did])
      const car = (await anyone(here).com.atproto.sync.getRepo({ did })).data
      const key = (await (await fetch(`${plc.url}/${did}/data`)).json()).verificationMethods.atproto
      await verifyRepoCar(car, did, key)
      const expected = known.records[did].map((list) => list.filter((line) => !line.startsWith(people.bob.hidden)))
      assert.deepEqual([await listAll(here, did, post), await listAll(here, did, follow)], expected)
    }
  })

  test('Clients go on with the tokens that they had', async () => {
    const alice = await goOn(people.alice.agent.session)
    assert.equal(alice.session.did, people.alice.did)
    const { data } = await alice.com.atproto.server.getSession()
    assert.deepEqual([data.handle, data.email, data.emailConfirmed, data.active], [people.alice.handle, people.alice.email, true, true])

    const phone = await goOn(people.alice.phone)
    await phone.post({ text: 'from the phone' })
    await assert.rejects(phone.com.atproto.server.createAppPassword({ name: 'another' }), { status: 400 })
    await alice.com.atproto.server.revokeAppPassword({ name: 'phone' })
    await assert.rejects(phone.sessionManager.refreshSession())
  })

  test('Access tokens of the old server are good until they expire', async () => {
    const agent = new AtpAgent({ service: here.url })
    agent.sessionManager.session = { ...people.alice.agent.session }
    assert.equal((await agent.com.atproto.server.getSession()).data.did, people.alice.did)
  })

  test('Passwords and app passwords sign in, and do so again once they are hashed anew', async () => {
    for (const [identifier, password] of [[people.alice.handle, people.alice.password], [people.alice.email, people.alice.privileged], [people.bob.did, people.bob.password]])
      for (const _ of [1, 2]) assert.ok(await anyone(here).login({ identifier, password }))
    await assert.rejects(anyone(here).login({ identifier: people.alice.handle, password: 'wrong' }), { status: 401 })
    await assert.rejects(anyone(here).login({ identifier: people.alice.handle, password: 'abcd-efgh-2345-6767' }), { status: 401 })
  })

  test('Blobs are there to the byte; one that waits for its first mention is good for it', async () => {
    const { did, waiting } = people.alice
    for (const [cid, bytes] of Object.entries(known.blobs))
      assert.deepEqual(Buffer.from((await anyone(here).com.atproto.sync.getBlob({ did, cid })).data), bytes)

    const alice = await goOn((await loggedIn('alice')).session)
    await assert.rejects(anyone(here).com.atproto.sync.getBlob({ did, cid: waiting.ref.toString() }), { status: 400 })
    await alice.com.atproto.repo.createRecord({ repo: did, collection: 'com.example.file', record: { $type: 'com.example.file', file: waiting } })
    assert.equal(Buffer.from((await anyone(here).com.atproto.sync.getBlob({ did, cid: waiting.ref.toString() })).data).toString(), 'not mentioned yet')
    const { data: status } = await alice.com.atproto.server.checkAccountStatus()
    assert.deepEqual([status.expectedBlobs, status.importedBlobs], [3, 3])
  })

  test('Preferences are as they were', async () => {
    const alice = await loggedIn('alice')
    const { preferences } = (await alice.app.bsky.actor.getPreferences()).data
    assert.ok(preferences.some(({ $type, enabled }) => $type.endsWith('#adultContentPref') && enabled))
    assert.ok(preferences.some(({ $type, birthDate }) => $type.endsWith('#personalDetailsPref') && birthDate === '1990-05-06T00:00:00.000Z'))
    assert.ok(preferences.some(({ $type, isOverAge18 }) => $type.endsWith('#declaredAgePref') && isOverAge18))
  })

  test('Who was deactivated or taken down still is, and comes back', async () => {
    const { carol, dave } = people
    const status = async (did) => (await anyone(here).com.atproto.sync.getRepoStatus({ did })).data.status
    assert.deepEqual([await status(carol.did), await status(dave.did)], ['deactivated', 'takendown'])
    await assert.rejects(anyone(here).login({ identifier: dave.handle, password: dave.password }), { error: 'AccountTakedown' })

    const back = await loggedIn('carol')
    await back.com.atproto.server.activateAccount()
    await back.post({ text: 'here again' })
    assert.equal(await status(carol.did), undefined)
  })

  test('What moderators hid stays hidden until they show it', async () => {
    const { rkey } = new AtUri(people.bob.hidden)
    const get = () => anyone(here).com.atproto.repo.getRecord({ repo: people.bob.did, collection: post, rkey })
    await assert.rejects(get(), { error: 'RecordNotFound' })
    await admin(here).com.atproto.admin.updateSubjectStatus({
      subject: { $type: 'com.atproto.repo.strongRef', uri: people.bob.hidden, cid: people.bob.hiddenCid }, takedown: { applied: false },
    })
    assert.equal((await get()).data.value.text, 'hidden by moderators')
  })

  test('An invite code that was used once is good once more; a code that was mailed is good; a key that was reserved is still the one', async () => {
    const person = credentials('frank')
    await anyone(here).createAccount({ ...person, inviteCode: people.alice.code })
    await assert.rejects(anyone(here).createAccount({ ...credentials('gina'), inviteCode: people.alice.code }), { error: 'InvalidInviteCode' })

    await anyone(here).com.atproto.server.resetPassword({ token: pending, password: 'another password' })
    await anyone(here).login({ identifier: people.bob.handle, password: 'another password' })

    assert.equal((await anyone(here).com.atproto.server.reserveSigningKey({ did: 'did:web:erin.example.com' })).data.signingKey, reserved)
  })

  test('The firehose goes on above the old one, and an old cursor misses nothing', async () => {
    const alice = await loggedIn('alice')
    const { uri } = await alice.post({ text: 'on the new server' })
    await hearing(lastSeq - 2, async (listener) => {
      const heard = () => listener.events.filter(({ did }) => did === people.alice.did)
      for (let count = 1; !heard().some(({ rkey }) => rkey === new AtUri(uri).rkey); count = heard().length + 1) await listener.of(people.alice.did, count)

      assert.ok(listener.events.every(({ seq }) => seq > lastSeq))
      assert.ok(heard().length > posts) // the last day of the old server, told again
    })
  })

  test('Its identity is still the server\'s to change', async () => {
    const bob = await loggedIn('bob', 'another password')
    await bob.com.atproto.identity.updateHandle({ handle: 'robert.test' })
    const { alsoKnownAs } = await (await fetch(`${plc.url}/${people.bob.did}`)).json()
    assert.deepEqual(alsoKnownAs, ['at://robert.test'])
  })

  async function loggedIn(name, password = people[name].password) {
    const agent = new AtpAgent({ service: here.url })
    await agent.login({ identifier: people[name].did, password })
    return agent
  }
})
