import * as z from 'zod';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
});

/** The parts of a CloudFormation template that the local runner reads. */
export const stackTemplateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});
export type StackTemplate = z.infer<typeof stackTemplateSchema>;

/** A resource of any of the stacks. */
export interface Resource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** All stacks of the house, by name. */
export type Stacks = Readonly<Record<string, StackTemplate>>;

/** The resources of one type, of all stacks. */
export function resourcesOf(stacks: Stacks, type: string): Resource[] {
  return Object.entries(stacks).flatMap(([stackName, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, { Type, Properties, Metadata }]) => ({
        stackName,
        logicalId,
        type: Type,
        properties: Properties,
        metadata: Metadata,
      })),
  );
}

/** What a resource is called here: the value of `Ref` (no attribute) or `Fn::GetAtt`. */
export type LocalValueOf = (resource: Resource, attribute: string | undefined) => string;

/**
 * Replaces references by the values that resources have on this machine, also those into another stack.
 * @throws Error on a reference that cannot be resolved, naming it
 */
export function resolveReferences(
  value: unknown,
  stackName: string,
  stacks: Stacks,
  localValueOf: LocalValueOf,
): unknown {
  const resolve = (part: unknown): unknown => resolveReferences(part, stackName, stacks, localValueOf);
  if (Array.isArray(value)) return value.map(resolve);
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) return value;
  const [only, ...others] = Object.entries(object.data);
  if (only === undefined || others.length > 0) return mapValues(object.data, resolve);
  const [name, operand] = only;
  if (name === 'Ref') return localValueOf(findResource(stacks, stackName, z.string().parse(operand)), undefined);
  if (name === 'Fn::GetAtt') {
    const [logicalId, attribute] = z.tuple([z.string(), z.string()]).parse(operand);
    return localValueOf(findResource(stacks, stackName, logicalId), attribute);
  }
  if (name === 'Fn::Join') {
    const [separator, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(operand);
    return parts.map((part) => String(resolve(part))).join(separator);
  }
  if (name === 'Fn::GetStackOutput') {
    const output = z.object({ StackName: z.string(), OutputName: z.string() }).parse(operand);
    const found = stacks[output.StackName]?.Outputs[output.OutputName];
    if (found === undefined) throw new Error(`The template names no output ${output.StackName}.${output.OutputName}.`);
    return resolveReferences(found.Value, output.StackName, stacks, localValueOf);
  }
  if (name.startsWith('Fn::')) throw new Error(`The local runner cannot resolve ${name} in stack ${stackName}.`);
  return mapValues(object.data, resolve);
}

function mapValues(object: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

function findResource(stacks: Stacks, stackName: string, logicalId: string): Resource {
  const found = stacks[stackName]?.Resources[logicalId];
  if (found === undefined) throw new Error(`Stack ${stackName} refers to ${logicalId}, which it does not declare.`);
  return { stackName, logicalId, type: found.Type, properties: found.Properties, metadata: found.Metadata };
}
