/**
 * Writes what readers outside TypeScript need of the contracts: JSON Schema, OpenAPI and AsyncAPI.
 * `node schemas/generate.ts` writes, `node schemas/generate.ts --check` compares and exits 1 on a difference.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { asyncApiDocument } from './documents/asyncapi.ts';
import { type Examples, kebabCaseOf } from './documents/examples.ts';
import { namedSchemas } from './documents/named-schemas.ts';
import { openApiDocument } from './documents/openapi.ts';

const examplesFolder = new URL('examples/', import.meta.url);
const generatedFolder = new URL('generated/', import.meta.url);
const receiptXsd = new URL('receipt-xml/blai-1.0.xsd', import.meta.url);

/** Text of every generated file by its name. The same contracts give the same bytes. */
export function generateFiles(): ReadonlyMap<string, string> {
  const schemas = namedSchemas((name) => `${kebabCaseOf(name)}.json`);
  const examples = readExamples(Object.keys(schemas));
  const documents: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`${kebabCaseOf(name)}.json`, schema])),
    'openapi.json': openApiDocument(examples),
    'asyncapi.json': asyncApiDocument(examples),
  };
  const names = Object.keys(documents).toSorted();
  return new Map([
    ...names.map((name) => [name, `${JSON.stringify(documents[name], null, 2)}\n`] as const),
    ['blai-1.0-xsd.ts', receiptXsdModule()],
  ]);
}

/** The receipt's XSD as a module: a bundler takes along what is imported, not what is read. */
function receiptXsdModule(): string {
  const comment = '/** Copy of schemas/receipt-xml/blai-1.0.xsd. */';
  return `${comment}\nexport const blai10Xsd = ${JSON.stringify(readFileSync(receiptXsd, 'utf8'))};\n`;
}

/** Examples stand in `examples/<schema>.<what it shows>.json`. */
export function readExamples(schemaNames: readonly string[]): Examples {
  const files = readdirSync(examplesFolder).toSorted();
  return Object.fromEntries(
    schemaNames.map((name) => {
      const prefix = `${kebabCaseOf(name)}.`;
      const own = files.filter((file) => file.startsWith(prefix));
      return [
        name,
        Object.fromEntries(own.map((file) => [file.slice(prefix.length, -'.json'.length), readJson(file)])),
      ];
    }),
  );
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, examplesFolder), 'utf8'));
}

/** Names of generated files that are missing, outdated, or of a contract that is gone. */
export function findDifferences(files: ReadonlyMap<string, string>): readonly string[] {
  const present = existsSync(generatedFolder) ? readdirSync(generatedFolder) : [];
  const outdated = [...files].filter(([name, text]) => !present.includes(name) || readGenerated(name) !== text);
  return [...outdated.map(([name]) => name), ...present.filter((name) => !files.has(name))];
}

function readGenerated(name: string): string {
  return readFileSync(new URL(name, generatedFolder), 'utf8');
}

function writeFiles(files: ReadonlyMap<string, string>): void {
  rmSync(generatedFolder, { recursive: true, force: true });
  mkdirSync(generatedFolder);
  for (const [name, text] of files) writeFileSync(new URL(name, generatedFolder), text);
}

function run(check: boolean): void {
  const files = generateFiles();
  const differences = findDifferences(files);
  if (!check && differences.length > 0) writeFiles(files);
  console.log(`schemas/generated: ${files.size} files, ${differences.length} ${check ? 'outdated' : 'changed'}`);
  if (check && differences.length > 0) {
    console.error(`Outdated, because a contract or an example changed: ${differences.join(', ')}`);
    process.exitCode = 1;
  }
}

if (import.meta.main) run(process.argv.includes('--check'));
