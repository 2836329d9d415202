import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Domain } from '../stage-settings.ts';

export interface PublicEdgeProps {
  /** Host name of the API. */
  readonly originHost: string;
  readonly webAclArn: string;
  /** The public name; without it the distribution's own name serves. */
  readonly domain: Domain | undefined;
}

/** Header by which a request proves that it came through CloudFront. */
const originSecretHeader = 'x-origin-secret';

/**
 * Writes the caller's address into a header, over whatever the caller wrote there. The ready-made policy that passes
 * everything but `Host` leaves out CloudFront's own headers, and the ones that pass those pass `Host` too, which the
 * API's endpoint refuses.
 */
const nameViewer = `function handler(event) {
  event.request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return event.request;
}`;

/** CloudFront before the API. Nothing is cached and nothing is rewritten: callbacks are verified over their bytes. */
export class PublicEdge extends Construct {
  /** Where citizens, gateways and the dossier system find us. */
  readonly baseUrl: string;
  /** Known to CloudFront and to the functions behind the API. */
  readonly originSecret: Secret;

  constructor(scope: Construct, id: string, props: PublicEdgeProps) {
    super(scope, id);
    const { domain } = props;
    this.originSecret = new Secret(this, 'OriginSecret', {
      description: 'Proves that a request came through CloudFront',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      webAclId: props.webAclArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Payers and gateways are in Asia, which the cheapest class leaves out.
      priceClass: PriceClass.PRICE_CLASS_200,
      ...(domain === undefined ? {} : this.#ownName(domain)),
      defaultBehavior: {
        origin: new HttpOrigin(props.originHost, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          customHeaders: { [originSecretHeader]: this.originSecret.secretValue.unsafeUnwrap() },
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        // A redirect would turn a POST into a GET and lose its body.
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(this, 'NameViewer', { code: FunctionCode.fromInline(nameViewer) }),
          },
        ],
      },
    });
    this.baseUrl = `https://${domain?.name ?? distribution.distributionDomainName}`;
  }

  #ownName({ name, certificateArn }: Domain) {
    return {
      domainNames: [name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    } satisfies Partial<DistributionProps>;
  }
}
