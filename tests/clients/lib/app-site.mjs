import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { after, before } from 'node:test'
import { build } from 'esbuild'

/** An app that is a page: the official browser client, bundled as its developers do, at a loopback address. */
export function useAppSite(server, chromium) {
  const site = { url: '', server: null }
  before(async () => {
    const [{ text: script }] = (await build({
      entryPoints: [fileURLToPath(new URL('./browser-app.mjs', import.meta.url))],
      bundle: true, format: 'esm', write: false, logLevel: 'error',
    })).outputFiles
    site.server = createServer((request, response) => {
      const isScript = request.url === '/app.mjs'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : '<!doctype html><title>App</title><script type="module" src="/app.mjs"></script>')
    }).listen(0, '127.0.0.1')
    await once(site.server, 'listening')
    site.url = `http://127.0.0.1:${site.server.address().port}/`
  })
  after(() => site.server?.close())

  /** The page in a window of its own, ready, and told where the server is. */
  site.open = async () => {
    const page = await chromium.openWindow()
    const where = JSON.stringify(JSON.stringify({ server: server.url, plcUrl: server.plcUrl }))
    await page.addInitScript(`if (location.origin === ${JSON.stringify(new URL(site.url).origin)}) localStorage.setItem('where', ${where})`)
    await page.goto(site.url)
    await page.waitForFunction('globalThis.app')
    return page
  }
  return site
}
