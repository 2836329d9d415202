import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import { checkMerchantFiles } from '#config/merchants.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** How every function is bundled, but for what goes in and where it comes out. */
export const bundling = {
  absWorkingDir: projectRoot,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  minify: true,
  // One letter beyond Latin-1 makes the engine keep a whole file, nearly all of which is code, at two bytes a letter.
  charset: 'ascii',
  // What is imported at need only, such as the SDK's other ways to find credentials, comes out in files of its own,
  // which a cold start neither reads nor compiles. The CDK's NodejsFunction knows one file only.
  splitting: true,
  // Some dependencies are CommonJS and ask for Node's own modules by `require`, which ES modules do not have.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  // Machine code: the one of Lambda's processor is laid beside the bundle (duckdb-binding.ts).
  external: ['@duckdb/node-bindings-*'],
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * What is imported late and bundled by itself, with an SDK of its own. esbuild takes a file for used by whoever imports an
 * index that names it: shared with S3, the SDK's core would bring S3's XML and checksums into every start.
 */
const apart: readonly string[] = [
  'functions/shared/adapters/bucket-evidence.ts',
  'functions/shared/adapters/bucket-links.ts',
];

/**
 * Bundles a function: `index.mjs`, and the chunks that it loads with it or late. The SDK goes in: the version that was
 * tested is the one that runs, and few minified files start faster than the hundreds of files of the copy in the runtime.
 * @param entry the handler's file, relative to the project's root
 * @returns what went in and what came out, for those who measure
 * @throws ConfigurationError when merchant accounts that go in are faulty
 */
export function bundleFunction(entry: string, outputFolder: string): Metafile {
  // The callback function takes its accounts from the bundle unchecked (config/bundled-merchants.ts).
  checkMerchantFiles();
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-parts-'));
  try {
    const parts = makeParts(entry, folder);
    const joined = withSources(joinParts(folder, outputFolder), parts);
    const late = bundleApart(
      apart.filter((file) => isImportedBy(joined, file)),
      outputFolder,
    );
    return { inputs: { ...parts.inputs, ...late.inputs }, outputs: { ...joined.outputs, ...late.outputs } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * esbuild makes a file of what the same entries use, and whatever is imported late is an entry: what starts together
 * would lie in a dozen files, each of them found, read and linked by itself. Once everything late imports the start,
 * which is there by then, all of the start has the same users, and the parts can be joined.
 */
function makeParts(entry: string, folder: string): Metafile {
  const external = [...bundling.external, ...apart.map((file) => `*/${basename(file)}`)];
  const options = { ...bundling, external, minify: false, banner: {}, entryPoints: { index: entry }, outdir: folder };
  const parts = buildSync({ ...options, metafile: true }).metafile;
  for (const [path, { entryPoint }] of Object.entries(parts.outputs)) {
    const isLate = entryPoint !== undefined && entryPoint !== entry;
    const part = join(folder, basename(path));
    const code = apart.reduce((text, file) => text.replaceAll(`./${basename(file)}`, apartName(file)), read(part));
    writeFileSync(part, isLate ? `import './index.mjs';\n${code}` : code);
  }
  return parts;
}

function joinParts(folder: string, outputFolder: string): Metafile {
  const external = [...bundling.external, ...apart.map(apartName)];
  const options = { ...bundling, external, absWorkingDir: folder, entryPoints: { index: 'index.mjs' } };
  // What there is to warn of was said of the parts; which of them are not ours, they no longer show.
  return buildSync({ ...options, outdir: outputFolder, metafile: true, logLevel: 'error' }).metafile;
}

function bundleApart(files: readonly string[], outputFolder: string): Metafile {
  const entryPoints = Object.fromEntries(files.map((file) => [basename(file, '.ts'), file]));
  return buildSync({ ...bundling, entryPoints, outdir: outputFolder, metafile: true }).metafile;
}

const apartName = (file: string) => `./${basename(file, '.ts')}.mjs`;
const read = (path: string) => readFileSync(path, 'utf8');

function isImportedBy({ outputs }: Metafile, file: string): boolean {
  return Object.values(outputs).some(({ imports }) => imports.some(({ path }) => path === apartName(file)));
}

/** The same, with the sources of the parts in place of the parts. */
function withSources({ inputs, outputs }: Metafile, parts: Metafile): Metafile {
  const sourcesOf = new Map(Object.entries(parts.outputs).map(([path, part]) => [basename(path), part.inputs]));
  const named = Object.entries(outputs).map(([path, output]): [string, Metafile['outputs'][string]] => {
    const sources = Object.keys(output.inputs).flatMap((part) => Object.entries(sourcesOf.get(part) ?? {}));
    return [path, { ...output, inputs: Object.fromEntries(sources) }];
  });
  return { inputs, outputs: Object.fromEntries(named) };
}
