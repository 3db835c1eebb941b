// Bundles Hawtio into target/console, which the test serves.
import { cpSync } from 'node:fs'
import { build } from 'esbuild'

await build({
  entryPoints: ['src/main/console/console.js'],
  outdir: 'target/console/static',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.svg': 'file', '.woff2': 'file', '.woff': 'file', '.ttf': 'file', '.png': 'file', '.jpg': 'file', '.md': 'text' },
})
cpSync('src/main/console/index.html', 'target/console/index.html')
