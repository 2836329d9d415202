import { buildApp } from '#infra/build-app.ts';
import { localDeployment } from './local-deployment.ts';

// Run by synthesise.ts: writes the templates, without bundling code, into the folder named by CDK_OUTDIR.
buildApp({ ...localDeployment, 'aws:cdk:bundling-stacks': [] }).app.synth();
