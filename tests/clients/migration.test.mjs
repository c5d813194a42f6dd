import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { AtpAgent } from '@atproto/api'
import plc from '@did-plc/lib'
import { Listener } from './lib/listener.mjs'
import { codeTo, lastCode } from './lib/mail.mjs'
import { belongings, move, withPast } from './lib/moving.mjs'
import { useOfficialPds, useOfficialPlc, withoutOfficial } from './lib/official.mjs'
import { credentials } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

describe('An account moves', { skip: withoutOfficial }, () => {
  const directory = useOfficialPlc()
  const official = useOfficialPds(() => ({ PDS_DID_PLC_URL: directory.url }))
  const ours = useServer(() => ({ PDS_DID_PLC_URL: directory.url }))
  before(() => (ours.plcUrl = directory.url))

  /** What the move left behind is off, and refuses what changes the account. */
  async function isOff(old) {
    const did = old.assertDid
    const status = (await anyone(old).com.atproto.sync.getRepoStatus({ did })).data
    assert.deepEqual([status.active, status.status], [false, 'deactivated'])
    await assert.rejects(old.post({ text: 'to nobody' }), (error) => error.error === 'AccountDeactivated')
    await assert.rejects(anyone(old).com.atproto.sync.getRepo({ did }), { error: 'RepoDeactivated' })
    await assert.rejects(old.com.atproto.server.activateAccount(), { status: 400 }) // the identity is elsewhere
  }

  /** The official PDS leaves the head of an imported repo as another server signed it, until the next write. */
  async function signHead(agent) {
    const { uri } = await agent.post({ text: 'not for long' })
    await agent.deletePost(uri)
  }

  const anyone = (agent) => new AtpAgent({ service: agent.serviceUrl.href })

  test("the firehose's consumer follows it across", async (t) => {
    const person = credentials()
    const old = await withPast(official, person)
    const did = old.assertDid
    const listener = new Listener(ours, 0) // the first test: nobody has moved away yet, whose commits would be checked with a key of elsewhere
    t.after(() => listener.close())

    const agent = await move(old, ours, person, () => codeTo(official, person.email))
    await agent.post({ text: 'from the new house' })

    const [announced, account, identity, sync, create] = await listener.of(did, 5)
    assert.equal(announced.event, 'identity') // with the operation that was submitted here, before anything of the account is shown
    assert.deepEqual([account.event, account.active], ['account', true])
    assert.deepEqual([identity.event, identity.handle], ['identity', person.handle])
    assert.equal(identity.didDocument.service[0].serviceEndpoint, ours.url)
    assert.equal(sync.event, 'sync')
    assert.deepEqual([create.event, create.record.text], ['create', 'from the new house'])
    assert.deepEqual(listener.errors, [])
  })

  for (const [name, from, to, code] of [
    ['here from the official PDS', official, ours, (email) => codeTo(official, email)],
    ['away from here to the official PDS', ours, official, (email) => lastCode(ours, email)],
  ]) {
    test(`${name}: records, blobs and preferences are the same, and the identity's log proves itself`, async (t) => {
      const person = credentials()
      const old = await withPast(from, person)
      const did = old.assertDid
      const before = await belongings(old, did, directory.url)

      const agent = await move(old, to, person, () => code(person.email))
      if (to === official) await signHead(agent)

      const status = (await agent.com.atproto.server.checkAccountStatus()).data
      assert.deepEqual([status.activated, status.validDid, status.expectedBlobs, status.importedBlobs], [true, true, 3, 3])
      assert.equal(status.indexedRecords, Object.keys(before.records).length)
      assert.deepEqual(await belongings(agent, did, directory.url), before)
      const data = await plc.validateOperationLog(did, await new plc.Client(directory.url).getOperationLog(did))
      assert.equal(data.services.atproto_pds.endpoint, to.url)
      assert.deepEqual(data.alsoKnownAs, [`at://${person.handle}`])
      await isOff(old)
    })
  }

  test('here and back again, and here once more where an account is left', async () => {
    const person = credentials()
    const there = await withPast(official, person)
    const did = there.assertDid
    const before = await belongings(there, did, directory.url)
    const here = await move(there, ours, person, () => codeTo(official, person.email))

    await assert.rejects(move(here, official, person, () => lastCode(ours, person.email)), { error: 'AlreadyExists' })
    await here.post({ text: 'written here' })

    const car = (await here.com.atproto.sync.getRepo({ did })).data
    await there.com.atproto.repo.importRepo(car, { encoding: 'application/vnd.ipld.car' })
    await here.com.atproto.identity.requestPlcOperationSignature()
    const back = (await there.com.atproto.identity.getRecommendedDidCredentials()).data
    const { operation } = (await here.com.atproto.identity.signPlcOperation({ token: await lastCode(ours, person.email), ...back })).data
    await there.com.atproto.identity.submitPlcOperation({ operation })
    await there.com.atproto.server.activateAccount()
    await here.com.atproto.server.deactivateAccount({})
    await signHead(there)

    const after = await belongings(there, did, directory.url)
    assert.equal(Object.keys(after.records).length, Object.keys(before.records).length + 1)
    assert.deepEqual(after.blobs, before.blobs)
    await isOff(here)
  })
})
