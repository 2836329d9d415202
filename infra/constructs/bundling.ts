import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction } from './function-bundle.ts';

const require = createRequire(import.meta.url);
const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Where the fonts of a function that prints lie in Lambda. */
export const fontsFolder = '/var/task/fonts';

/** Puts the fonts beside a bundle: the bundler follows imports and cannot see a file that is only read. */
export function copyFonts(outputFolder: string): void {
  const target = join(outputFolder, basename(fontsFolder));
  mkdirSync(target, { recursive: true });
  for (const weight of ['400Regular', '700Bold']) {
    const file = `BeVietnamPro_${weight}.ttf`;
    copyFileSync(require.resolve(`@expo-google-fonts/be-vietnam-pro/${weight}/${file}`), join(target, file));
  }
}

/**
 * The bundle as the code of a Lambda function, made when the template is.
 * @param layBeside puts what the code only reads into the folder of the bundle
 */
export function bundledCode(entry: string, layBeside: readonly ((outputFolder: string) => void)[]): Code {
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
          for (const lay of layBeside) lay(outputFolder);
          return true;
        },
      },
    },
  });
}
