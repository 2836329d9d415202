import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';

const require = createRequire(import.meta.url);
const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Where the fonts of a function that prints lie in Lambda. */
export const fontsFolder = '/var/task/fonts';

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
  charset: 'utf8',
  // What is imported at need only, such as the SDK's other ways to find credentials, comes out in files of its own,
  // which a cold start neither reads nor compiles. The CDK's NodejsFunction knows one file only.
  splitting: true,
  // Some dependencies are CommonJS and ask for Node's own modules by `require`, which ES modules do not have.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles a function: `index.mjs` and its chunks. The SDK goes in: the version that was tested is the one that runs,
 * and few minified files start faster than the hundreds of files of the copy inside the runtime.
 * @param entry the handler's file, relative to the project's root
 * @returns what went in and what came out, for those who measure
 */
export function bundleFunction(entry: string, outputFolder: string): Metafile {
  return buildSync({ ...bundling, entryPoints: { index: entry }, outdir: outputFolder, metafile: true }).metafile;
}

/** Puts the fonts beside a bundle: the bundler follows imports and cannot see a file that is only read. */
export function copyFonts(outputFolder: string): void {
  const target = join(outputFolder, basename(fontsFolder));
  mkdirSync(target, { recursive: true });
  for (const weight of ['400Regular', '700Bold']) {
    const file = `BeVietnamPro_${weight}.ttf`;
    copyFileSync(require.resolve(`@expo-google-fonts/be-vietnam-pro/${weight}/${file}`), join(target, file));
  }
}

/** The bundle as the code of a Lambda function, made when the template is. */
export function bundledCode(entry: string, { withFonts }: { readonly withFonts: boolean }): Code {
  return Code.fromAsset(projectRoot, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Bundling happens here on every machine, never in an image. The command only tells functions apart: the CDK
      // takes assets of the same source and options for one.
      image: DockerImage.fromRegistry('none'),
      command: [entry],
      local: {
        tryBundle: (outputFolder) => {
          bundleFunction(entry, outputFolder);
          if (withFonts) copyFonts(outputFolder);
          return true;
        },
      },
    },
  });
}
