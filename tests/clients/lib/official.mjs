import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { freePort } from './ports.mjs'

const program = fileURLToPath(new URL('./official-program.mjs', import.meta.url))
const addon = fileURLToPath(new URL('../node_modules/better-sqlite3/build/Release/better_sqlite3.node', import.meta.url))
const startWithin = 60_000

/** Why tests that need the official PDS cannot run here; false where they can, and where they must. */
export const withoutOfficial =
  existsSync(addon) || process.env.CI === 'true' ? false : 'The official PDS is not compiled: run scripts/setup-clients.sh where there is a C++ compiler'

/** The official PLC directory, in memory, for the tests of one file. */
export function useOfficialPlc() {
  const plc = { url: '', process: null }
  before(() => startOfficialPlc(plc))
  after(() => stopOfficial(plc))
  return plc
}

/** An official PDS with a data directory that goes away, for the tests of one file. Settings that are known only when the tests begin are a function. */
export function useOfficialPds(settings = {}) {
  const pds = { url: '', data: '', settings: {}, process: null, mails: [] }
  before(async () => {
    await openMailbox(pds)
    await startOfficialPds(pds, typeof settings === 'function' ? settings() : settings)
  })
  after(async () => {
    await stopOfficial(pds)
    await new Promise((closed) => (pds.mailbox ? pds.mailbox.close(closed) : closed()))
    await rm(pds.data, { recursive: true, force: true })
  })
  return pds
}

export async function startOfficialPlc(plc) {
  await start(plc, 'plc', { PLC_PORT: String(await freePort()) })
}

/** Starts it with the settings that it is given and, where it ran before, in the same place with the same data. */
export async function startOfficialPds(pds, settings) {
  pds.data ||= await mkdtemp(path.join(tmpdir(), 'official-pds-'))
  pds.settings = {
    PDS_PORT: String(await freePort()),
    PDS_HOSTNAME: 'localhost',
    PDS_DEV_MODE: 'true',
    PDS_DISABLE_SSRF_PROTECTION: 'true',
    PDS_SERVICE_HANDLE_DOMAINS: '.test',
    PDS_DATA_DIRECTORY: pds.data,
    PDS_BLOBSTORE_DISK_LOCATION: path.join(pds.data, 'blobs'),
    PDS_BLOBSTORE_DISK_TMP_LOCATION: path.join(pds.data, 'blobs-tmp'),
    PDS_JWT_SECRET: randomBytes(16).toString('hex'),
    PDS_ADMIN_PASSWORD: 'admin-of-the-tests',
    PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
    PDS_INVITE_REQUIRED: 'false',
    PDS_RATE_LIMITS_ENABLED: 'false',
    PDS_BSKY_APP_VIEW_URL: 'http://127.0.0.1:1', // nobody is asked, but without one the PDS keeps no preferences
    PDS_BSKY_APP_VIEW_DID: 'did:web:appview.example.com',
    LOG_ENABLED: 'false',
    ...(pds.mailbox && { PDS_EMAIL_SMTP_URL: `smtp://127.0.0.1:${pds.mailbox.server.address().port}`, PDS_EMAIL_FROM_ADDRESS: 'noreply@example.com' }),
    ...pds.settings,
    ...settings,
  }
  await start(pds, 'pds', pds.settings)
}

export async function stopOfficial(official) {
  const child = official.process
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await exited
  clearTimeout(timer)
}

async function start(official, which, settings) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PDS_|LOG_|NODE_TEST)/.test(name))
  const child = spawn(process.execPath, [program, which], { env: { ...Object.fromEntries(inherited), ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
  official.process = child
  official.url = await new Promise((resolve, reject) => {
    const said = []
    const timer = setTimeout(() => fail('did not start in time'), startWithin)
    const fail = (why) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`The official ${which} ${why}:\n${said.join('\n')}`))
    }
    const read = (line) => {
      if (said.length < 200) said.push(line)
      if (!line.startsWith('{"url"')) return
      clearTimeout(timer)
      resolve(JSON.parse(line).url)
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('exit', (code) => fail(`ended with ${code}`))
  })
}

/** Takes the mail that the PDS sends, without a word about who it is or how it is encrypted. `codeTo` of mail.mjs reads it. */
async function openMailbox(pds) {
  pds.mailbox = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: async (stream, session, done) => {
      pds.mails.push(await simpleParser(stream))
      done()
    },
  })
  pds.mailbox.listen(0, '127.0.0.1')
  await once(pds.mailbox.server, 'listening')
}
