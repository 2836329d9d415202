import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { buildApp } from '#infra/build-app.ts';

// To ask CloudFormation's own rules takes longer than to synthesise: security-rules.test.ts does it, once for each stage.
process.env['CDK_VALIDATION'] = 'false';

export const prodContext = {
  stage: 'prod',
  issuer: 'https://login.example.vn',
  staffIssuer: 'https://staff.example.vn',
};

export const domainContext = {
  edgeDomainName: 'thanhtoan.example.vn',
  edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/edge',
  apiDomainName: 'api.thanhtoan.example.vn',
  apiCertificateArn: 'arn:aws:acm:ap-southeast-1:123456789012:certificate/api',
};

/** The templates of a stage, made without bundling. */
export function synthesise(context: Readonly<Record<string, unknown>> = {}) {
  const { stacks } = buildApp({ 'aws:cdk:bundling-stacks': [], ...context });
  return {
    data: Template.fromStack(stacks.data),
    edge: Template.fromStack(stacks.edge),
    service: Template.fromStack(stacks.service),
    stacks,
  };
}

/** A resource as it stands in a template; only what tests look at is known. */
export interface Resource {
  readonly logicalId: string;
  readonly properties: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

const part = z.record(z.string(), z.unknown()).default({});
const partsSchema = z.object({ Properties: part, Metadata: part });

export function resourcesOf(template: Template, type: string): readonly Resource[] {
  return Object.entries(template.findResources(type)).map(([logicalId, resource]) => {
    const { Properties, Metadata } = partsSchema.parse(resource);
    return { logicalId, properties: Properties, metadata: Metadata };
  });
}

/** The functions of the service by their names. */
export function functionsOf(service: Template): ReadonlyMap<string, Resource> {
  const named = resourcesOf(service, 'AWS::Lambda::Function').map((resource): [string, Resource] => {
    const entry = String(resource.metadata['bienlai:entry']);
    return [entry.split('/').at(1) ?? entry, resource];
  });
  return new Map(named);
}

/** A part of a template as text, to search for names in references. */
export const asText = (value: unknown): string => JSON.stringify(value ?? null);

/** Some resource of the type has these properties among others. */
export function expectResource(template: Template, type: string, properties: object): void {
  template.hasResourceProperties(type, properties);
}

/** There is such a resource, and all of them have these properties among others. */
export function expectEvery(template: Template, type: string, properties: object): void {
  template.allResourcesProperties(type, properties);
}

/** As `expectResource`, for what stands beside the properties too: what becomes of it when its stack goes. */
export function expectWhole(template: Template, type: string, resource: object): void {
  template.hasResource(type, resource);
}

export function expectEveryWhole(template: Template, type: string, resource: object): void {
  template.allResources(type, resource);
}

export function expectCount(template: Template, type: string, count: number): void {
  template.resourceCountIs(type, count);
}
