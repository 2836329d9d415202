import { Validations } from 'aws-cdk-lib';

import { buildApp } from './build-app.ts';
import { SecurityRules } from './security-rules.ts';
import { SettingsError } from './stage-settings.ts';

/** What the CDK command line runs: every stack, held against the security rules when it is synthesised. */
try {
  const { app } = buildApp({ account: process.env['CDK_DEFAULT_ACCOUNT'] });
  Validations.of(app).addPlugins(new SecurityRules(app));
} catch (fault) {
  if (!(fault instanceof SettingsError)) throw fault;
  console.error(fault.message);
  process.exitCode = 1;
}
