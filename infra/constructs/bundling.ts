import { createRequire } from 'node:module';
import { type BundlingOptions, Charset, LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

const require = createRequire(import.meta.url);

/** Where the fonts of a function that prints lie in Lambda. */
export const fontsFolder = '/var/task/fonts';

/** How every function is bundled. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  logLevel: LogLevel.WARNING,
  charset: Charset.UTF8,
  // The SDK goes into the bundle: the version that was tested is the one that runs, and one minified file starts
  // faster than the hundreds of files of the copy inside the runtime.
  bundleAwsSDK: true,
  // Some dependencies are CommonJS and ask for Node's own modules by `require`, which ES modules do not have.
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
};

/** The same with the fonts beside the bundle: the bundler follows imports and cannot see a file that is only read. */
export const bundlingWithFonts: BundlingOptions = {
  ...bundling,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_inputFolder, outputFolder) => {
      const fonts = ['400Regular/BeVietnamPro_400Regular.ttf', '700Bold/BeVietnamPro_700Bold.ttf'].map((file) =>
        JSON.stringify(require.resolve(`@expo-google-fonts/be-vietnam-pro/${file}`)),
      );
      const target = JSON.stringify(`${outputFolder}/fonts`);
      return [`mkdir -p ${target}`, `cp ${fonts.join(' ')} ${target}`];
    },
  },
};
