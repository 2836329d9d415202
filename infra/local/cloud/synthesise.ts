import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { localDeployment } from './local-deployment.ts';
import { type Stacks, type StackTemplate, stackTemplateSchema } from './template.ts';

const run = promisify(execFile);

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
const cacheFolder = join(projectRoot, '.local', 'templates');

/**
 * Gives the templates of all stacks, without bundling code. Synthesis takes seconds, so its result is kept for as
 * long as nothing that it is made from changes.
 */
export async function readStacks(cache = cacheFolder): Promise<Stacks> {
  await mkdir(cache, { recursive: true });
  const folder = join(cache, await digestOfSources());
  return (await readTemplates(folder)) ?? (await synthesise(folder));
}

async function synthesise(folder: string): Promise<Stacks> {
  // A folder for each call: several may run at once, also in one process, and each clears up after itself.
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    // In a process of its own: the CDK is big, and its output folder comes by the environment. CloudFormation's rules are
    // asked before templates go to the cloud; here they would double the time.
    await run(process.execPath, [join(projectRoot, 'infra/local/cloud/write-templates.ts')], {
      cwd: projectRoot,
      env: { ...process.env, CDK_OUTDIR: unfinished, CDK_VALIDATION: 'false' },
    });
    // Whoever finishes first wins; the others made the same.
    await rename(unfinished, folder).catch(() => undefined);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  const stacks = await readTemplates(folder);
  if (stacks === undefined) throw new Error(`The CDK wrote no templates into ${folder}.`);
  return stacks;
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.object({ templateFile: z.string(), stackName: z.string() }).partial().optional(),
    }),
  ),
});

async function readTemplates(folder: string): Promise<Stacks | undefined> {
  const manifest = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  if (manifest === undefined) return undefined;
  const stacks: [string, StackTemplate][] = [];
  for (const { type, properties } of Object.values(manifestSchema.parse(JSON.parse(manifest)).artifacts)) {
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) continue;
    const template = await readFile(join(folder, properties.templateFile), 'utf8');
    stacks.push([properties.stackName ?? '', stackTemplateSchema.parse(JSON.parse(template))]);
  }
  return Object.fromEntries(stacks);
}

/** Everything that the templates depend on, but for the functions' code, which is not bundled here. */
async function digestOfSources(): Promise<string> {
  const digest = createHash('sha256').update(JSON.stringify(localDeployment));
  const sources: string[] = [];
  const patterns = ['infra/**/*.ts', 'cdk.json', 'package-lock.json'];
  for await (const file of glob(patterns, { cwd: projectRoot, exclude: ['infra/local'] })) sources.push(file);
  for (const file of sources.toSorted()) digest.update(file).update(await readFile(join(projectRoot, file)));
  return digest.digest('hex').slice(0, 16);
}
