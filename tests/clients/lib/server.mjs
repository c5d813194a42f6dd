import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../src/Pds.Api/bin/Release/net10.0/Pds.Api.dll', import.meta.url))
const startWithin = 60_000

/**
 * A server for the tests of one file: the released program, a port that the system chose, a data directory that goes away.
 * Settings that are known only when the tests begin are a function.
 */
export function useServer(settings = {}) {
  const server = { url: '', plcUrl: '', process: null, data: '' }
  before(async () => {
    server.data = await mkdtemp(path.join(tmpdir(), 'pds-clients-'))
    await startServer(server, typeof settings === 'function' ? await settings(server) : settings)
  })
  after(async () => {
    await stopServer(server)
    await rm(server.data, { recursive: true, force: true })
  })
  return server
}

/** Runs a verb of the executable to its end. */
export async function runVerb(settings, ...words) {
  demandProgram()
  const child = spawn('dotnet', [program, ...words], { env: environment(settings.PDS_DATA_DIRECTORY, settings), stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { output: '', errors: '' }
  child.stdout.on('data', (text) => (said.output += text))
  child.stderr.on('data', (text) => (said.errors += text))
  const [code] = await once(child, 'close')
  return { code, ...said }
}

/** Starts it upon the data that are in its directory. */
export async function startServer(server, settings) {
  demandProgram()
  server.process = spawn('dotnet', [program], { env: environment(server.data, settings), stdio: ['ignore', 'pipe', 'pipe'] })
  server.url = await firstUrl(server.process)
  server.plcUrl = settings?.PDS_DID_PLC_URL ?? `${server.url}/plc`
}

function demandProgram() {
  if (!existsSync(program)) throw new Error(`Build it first: dotnet build -c Release (there is no ${program})`)
}

/** Only what the server needs, so that settings of the person who runs the tests change nothing. */
function environment(data, settings) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PDS_|Pds__|LOG_)/.test(name))
  return { ...Object.fromEntries(inherited), PDS_PORT: '0', PDS_DATA_DIRECTORY: data, ...settings }
}

/** The start-up log names the port that the system chose. Reading goes on afterwards, so that the pipe never fills. */
function firstUrl(child) {
  return new Promise((resolve, reject) => {
    const said = []
    const timer = setTimeout(() => fail('did not start in time'), startWithin)
    const fail = (why) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`The server ${why}:\n${said.join('\n')}`))
    }
    const read = (line) => {
      if (said.length < 200) said.push(line)
      const url = /Serving (https?:\S+) as/.exec(line)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve(url)
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('error', (error) => fail(`could not be started (${error.message})`))
    child.once('exit', (code) => fail(`ended with ${code}`))
  })
}

export async function stopServer(server) {
  const child = server.process
  if (child && child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await exited
    clearTimeout(timer)
  }
}
