// One program of the official ones, in a process of its own: `node official-program.mjs pds|plc`, settings in the environment.
// It says where it is reached in one line of JSON, and ends on SIGTERM.
import net from 'node:net'

// Both listen to the whole world where they are not told otherwise, and they cannot be told.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function onLoopback(port, ...rest) {
  return typeof port === 'number' ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, ...rest)
}

async function startPlc() {
  const { Database, PlcServer } = (await import('@did-plc/server')).default
  const plc = PlcServer.create({ db: Database.mock(), port: Number(process.env.PLC_PORT) })
  await plc.start()
  return { url: `http://localhost:${process.env.PLC_PORT}`, stop: () => plc.destroy() }
}

async function startPds() {
  const { PDS } = await import('@atproto/pds')
  const pds = await PDS.fromEnv()
  await pds.start()
  return { url: pds.ctx.cfg.service.publicUrl, stop: () => pds.destroy() }
}

const { url, stop } = await (process.argv[2] === 'plc' ? startPlc : startPds)()
console.log(JSON.stringify({ url }))
process.once('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 8_000).unref()
  await stop()
  process.exit(0)
})
