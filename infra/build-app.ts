import { readFileSync } from 'node:fs';
import { App, Tags } from 'aws-cdk-lib';
import * as z from 'zod';
import { DataStack } from './data-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { readStageSettings } from './stage-settings.ts';

const cdkSettings = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')));

/** The whole cloud side of the product, not yet synthesised. */
export interface House {
  readonly app: App;
  readonly stacks: { readonly data: DataStack; readonly edge: EdgeStack; readonly service: ServiceStack };
}

/**
 * Declares every stack. The context of `cdk.json` (feature flags) holds for callers that do not come through the
 * CDK command line too; what the command line gives wins over both.
 * @param context e.g. `{ stage: 'dev', issuer, audience }`; `'aws:cdk:bundling-stacks': []` skips bundling
 * @throws SettingsError when the context is not usable
 */
export function buildApp(context: Readonly<Record<string, unknown>> = {}): House {
  const app = new App({ analyticsReporting: false, context: { ...cdkSettings.context, ...context } });
  const settings = readStageSettings(app.node);
  const data = new DataStack(app, settings);
  const edge = new EdgeStack(app, settings);
  const service = new ServiceStack(app, { settings, data, webAclArn: edge.webAclArn });
  Tags.of(app).add('bienlai:stage', settings.stage);
  return { app, stacks: { data, edge, service } };
}
