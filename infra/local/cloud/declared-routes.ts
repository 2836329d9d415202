import * as z from 'zod';
import type { HttpRoute } from './http-routes.ts';
import type { JwtAuthorizerSettings } from './jwt-authorizer.ts';
import { type Resource, resourcesOf, type Stacks } from './template.ts';

/** Reads properties of a resource with its references resolved. */
export type Read = <Shape extends z.ZodRawShape>(resource: Resource, shape: Shape) => z.infer<z.ZodObject<Shape>>;

/** Route → `integrations/<integration>` → the function's address. */
export function readRoutes(stacks: Stacks, read: Read): HttpRoute[] {
  const functionOf = new Map(
    resourcesOf(stacks, 'AWS::ApiGatewayV2::Integration').map((integration) => [
      `integrations/${integration.logicalId}`,
      read(integration, { IntegrationUri: z.string(), PayloadFormatVersion: z.literal('2.0') }).IntegrationUri,
    ]),
  );
  return resourcesOf(stacks, 'AWS::ApiGatewayV2::Route').map((route) => {
    const { RouteKey, Target, AuthorizationType, AuthorizerId, AuthorizationScopes } = read(route, {
      RouteKey: z.string(),
      Target: z.string(),
      AuthorizationType: z.enum(['JWT', 'NONE']).default('NONE'),
      AuthorizerId: z.string().default(''),
      AuthorizationScopes: z.array(z.string()).default([]),
    });
    const functionId = functionOf.get(Target);
    if (functionId === undefined) throw new Error(`The route ${RouteKey} leads to ${Target}, which is not declared.`);
    const guard = { authorizerId: AuthorizerId, scopes: AuthorizationScopes };
    return { routeKey: RouteKey, functionId, ...(AuthorizationType === 'JWT' ? { guard } : {}) };
  });
}

export function readAuthorizers(stacks: Stacks, read: Read): ReadonlyMap<string, JwtAuthorizerSettings> {
  return new Map(
    resourcesOf(stacks, 'AWS::ApiGatewayV2::Authorizer').map((authorizer) => {
      const { JwtConfiguration } = read(authorizer, {
        JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
      });
      return [authorizer.logicalId, { issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience }];
    }),
  );
}
