import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';

const authorizedSchema = z.object({
  authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
});
const nameSchema = z.string().check(z.minLength(1), z.maxLength(128));

type Asked = Pick<APIGatewayProxyEventV2, 'requestContext'>;

/** The claims of a token that API Gateway has verified; none on an open route. */
export function claimsOf(event: Asked): Readonly<Record<string, unknown>> {
  const authorized = authorizedSchema.safeParse(event.requestContext);
  return authorized.success ? authorized.data.authorizer.jwt.claims : {};
}

/**
 * The client that a verified token was given to: its `client_id`, else `azp`. API Gateway has checked signature,
 * issuer, audience and scopes before; a token without either claim means a misconfigured identity provider.
 */
export function callerOf(event: Asked): string {
  const claims = claimsOf(event);
  const name = nameSchema.safeParse(claims['client_id'] ?? claims['azp']);
  if (name.success) return name.data;
  throw new Error(
    'The token names no client: neither client_id nor azp is among its claims. Check the identity provider.',
  );
}
