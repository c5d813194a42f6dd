import { AtpAgent } from '@atproto/api'
import { verifyRepoCar } from '@atproto/repo'
import plc from '@did-plc/lib'

const post = 'app.bsky.feed.post'
const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (c) => c.charCodeAt(0))

/** Somebody with a past: posts enough for a tree of several levels, some deleted again, a profile, a picture, a file twice, a follow, preferences. */
export async function withPast(server, person) {
  const agent = new AtpAgent({ service: server.url })
  await agent.createAccount(person)
  const repo = agent.assertDid
  const create = (index) => ({
    $type: 'com.atproto.repo.applyWrites#create', collection: post, value: { $type: post, text: `post ${index}`, createdAt: new Date().toISOString() },
  })
  const { data } = await agent.com.atproto.repo.applyWrites({ repo, writes: Array.from({ length: 120 }, (_, index) => create(index)) })
  for (const { uri } of data.results.slice(0, 5)) await agent.deletePost(uri)

  const picture = (await agent.uploadBlob(png, { encoding: 'image/png' })).data.blob
  await agent.upsertProfile(() => ({ displayName: 'Alice', avatar: picture }))
  for (const text of ['one', 'two']) {
    const image = (await agent.uploadBlob(Uint8Array.from([...png, ...new TextEncoder().encode(text)]), { encoding: 'image/png' })).data.blob
    await agent.post({ text, embed: { $type: 'app.bsky.embed.images', images: [{ alt: text, image }] } })
  }
  await agent.follow(repo)
  await agent.app.bsky.actor.putPreferences({
    preferences: [{ $type: 'app.bsky.actor.defs#adultContentPref', enabled: false }, { $type: 'app.bsky.actor.defs#savedFeedsPrefV2', items: [] }],
  })
  return agent
}

/** Everything of an account that a move must keep. */
export async function belongings(agent, did, plcUrl) {
  const [{ data: car }, data] = [await agent.com.atproto.sync.getRepo({ did }), await new plc.Client(plcUrl).getDocumentData(did)]
  const repo = await verifyRepoCar(car, did, data.verificationMethods.atproto) // hashes, tree, and the signature by the key of now
  const { cids } = (await agent.com.atproto.sync.listBlobs({ did })).data
  const blobs = await Promise.all(cids.toSorted().map(async (cid) => [cid, Buffer.from((await agent.com.atproto.sync.getBlob({ did, cid })).data).toString('base64')]))
  return {
    root: repo.commit.data?.toString(),
    records: Object.fromEntries(repo.creates.map(({ collection, rkey, cid }) => [`${collection}/${rkey}`, cid.toString()])),
    blobs,
    preferences: (await agent.app.bsky.actor.getPreferences()).data.preferences,
  }
}

/**
 * Moves an account as the guide says (https://atproto.com/guides/account-migration), with the official client at both ends.
 * `code` reads what the old server mailed. Answers the agent at the new server.
 */
export async function move(from, to, person, code) {
  const did = from.assertDid
  const agent = new AtpAgent({ service: to.url })

  const { did: aud } = (await agent.com.atproto.server.describeServer()).data
  const { token } = (await from.com.atproto.server.getServiceAuth({ aud, lxm: 'com.atproto.server.createAccount' })).data
  const created = await agent.com.atproto.server.createAccount({ ...person, did }, { headers: { authorization: `Bearer ${token}` }, encoding: 'application/json' })
  await agent.resumeSession({ ...created.data, active: false })

  const { data: car } = await from.com.atproto.sync.getRepo({ did })
  await agent.com.atproto.repo.importRepo(car, { encoding: 'application/vnd.ipld.car' })

  for (let cursor; ;) {
    const { data } = await agent.com.atproto.repo.listMissingBlobs({ cursor, limit: 2 })
    for (const { cid } of data.blobs) {
      const blob = await from.com.atproto.sync.getBlob({ did, cid })
      await agent.uploadBlob(blob.data, { encoding: blob.headers['content-type'] })
    }
    cursor = data.cursor
    if (!cursor) break
  }

  const { preferences } = (await from.app.bsky.actor.getPreferences()).data
  await agent.app.bsky.actor.putPreferences({ preferences })

  const credentials = (await agent.com.atproto.identity.getRecommendedDidCredentials()).data
  await from.com.atproto.identity.requestPlcOperationSignature()
  const { operation } = (await from.com.atproto.identity.signPlcOperation({ token: await code(), ...credentials })).data
  await agent.com.atproto.identity.submitPlcOperation({ operation })

  await agent.com.atproto.server.activateAccount()
  await from.com.atproto.server.deactivateAccount({})
  return agent
}
