// The peer: `@tus/server` with its file store and its defaults. Arguments: module folder, port, folder.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [modules, port, directory] = process.argv.slice(2)
const require = createRequire(join(modules, 'x.js'))
const { Server } = await import(require.resolve('@tus/server'))
const { FileStore } = await import(require.resolve('@tus/file-store'))
const server = new Server({ path: '/files', datastore: new FileStore({ directory }) })
server.listen({ host: '127.0.0.1', port: Number(port) })
