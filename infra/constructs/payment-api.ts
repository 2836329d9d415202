import { CfnOutput, Duration } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type AddRoutesOptions,
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Domain } from '../stage-settings.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import type { WatchedFunction } from './watched-function.ts';

export interface PaymentApiProps {
  /** Who signs the dossier system's access tokens, and the audience that they must name. */
  readonly issuer: string;
  readonly audience: string;
  /** As above, for people of the finance staff. */
  readonly staffIssuer: string;
  readonly staffAudience: string;
  /** By which CloudFront reaches the API; without it the default endpoint stays on, behind the origin secret. */
  readonly domain: Domain | undefined;
  readonly alarms: AlarmDesk;
}

/** The HTTP API; only CloudFront is meant to call it. */
export class PaymentApi extends Construct {
  /** Host name for CloudFront. */
  readonly originHost: string;
  readonly #api: HttpApi;
  readonly #stage: HttpStage;
  readonly #dossierSystem: HttpJwtAuthorizer;
  readonly #financeStaff: HttpJwtAuthorizer;
  readonly #integrations = new Map<WatchedFunction, HttpLambdaIntegration>();

  constructor(scope: Construct, id: string, props: PaymentApiProps) {
    super(scope, id);
    const { domain } = props;
    this.#api = new HttpApi(this, 'Api', {
      apiName: 'bien-lai',
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    this.#dossierSystem = new HttpJwtAuthorizer('DossierSystem', props.issuer, { jwtAudience: [props.audience] });
    this.#financeStaff = new HttpJwtAuthorizer('FinanceStaff', props.staffIssuer, {
      jwtAudience: [props.staffAudience],
    });
    const domainName = domain === undefined ? undefined : this.#declareDomain(domain);
    const accessLog = new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_YEAR });
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      stageName: '$default',
      autoDeploy: true,
      // Far above a province's busiest hour; what is refused here is asked again by gateways and the dossier system.
      throttle: { rateLimit: 500, burstLimit: 1_000 },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLogFormat },
      ...(domainName === undefined ? {} : { domainMapping: { domainName } }),
    });
    this.originHost = domain?.name ?? `${this.#api.apiId}.execute-api.${this.#api.env.region}.amazonaws.com`;
    props.alarms.watch(this, {
      name: 'payment-api-fails',
      means:
        'The payment interface answers with server errors: citizens cannot start a payment or gateways must call again.',
      metric: this.#api.metricServerError({ period: Duration.minutes(5), statistic: 'sum' }),
      threshold: 1,
    });
  }

  /** A route for the dossier system: its token must carry the scope. */
  protect(
    method: HttpMethod,
    path: `/v1/${string}`,
    scope: `payments:${'read' | 'write'}`,
    target: WatchedFunction,
  ): void {
    this.#addRoute(method, path, target, { authorizer: this.#dossierSystem, authorizationScopes: [scope] });
  }

  /**
   * Addresses for finance staff: who they are, the token says, and what they may, the function judges by their roles.
   * @param throttle far above what people do, so that a program which runs wild leaves the routes of money alone
   */
  forStaff(path: `/v1/finance/${string}`, target: WatchedFunction, throttle: ThrottleSettings): void {
    const access = { authorizer: this.#financeStaff, authorizationScopes: ['finance'] };
    this.#addRoute(HttpMethod.ANY, path, target, access);
    this.#throttle(`${HttpMethod.ANY} ${path}`, throttle);
  }

  /**
   * A route for gateways and browsers, which carry no token: the message's own signature is verified in code.
   * @param throttle of this route, where it must not use up what the others have
   */
  open(method: HttpMethod, path: `/${string}`, target: WatchedFunction, throttle?: ThrottleSettings): void {
    this.#addRoute(method, path, target, {});
    if (throttle !== undefined) this.#throttle(`${method} ${path}`, throttle);
  }

  #addRoute(method: HttpMethod, path: string, target: WatchedFunction, access: RouteAccess): void {
    const integration = this.#integrations.get(target) ?? new HttpLambdaIntegration(target.name, target);
    this.#integrations.set(target, integration);
    const routes = this.#api.addRoutes({ path, methods: [method], integration, ...access });
    // The stage names routes that are throttled by themselves, and may do so only when they are there.
    this.#stage.node.addDependency(...routes);
  }

  #throttle(routeKey: string, { rateLimit, burstLimit }: ThrottleSettings): void {
    const { defaultChild } = this.#stage.node;
    if (!(defaultChild instanceof CfnStage))
      throw new Error('The stage of the API has no resource to throttle routes in');
    defaultChild.addPropertyOverride(`RouteSettings.${routeKey}`, {
      ThrottlingRateLimit: rateLimit,
      ThrottlingBurstLimit: burstLimit,
    });
  }

  #declareDomain({ name, certificateArn }: Domain): DomainName {
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
    const domainName = new DomainName(this, 'Domain', { domainName: name, certificate });
    new CfnOutput(this, 'DomainTarget', {
      description: `Point the DNS name ${name} here`,
      value: domainName.regionalDomainName,
    });
    return domainName;
  }
}

type RouteAccess = Pick<AddRoutesOptions, 'authorizer' | 'authorizationScopes'>;

/** Who asked for what and how it went; no address, path, query or header, since those name people. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    time: AccessLogField.contextRequestTime(),
    requestId: AccessLogField.contextRequestId(),
    route: AccessLogField.contextRouteKey(),
    client: AccessLogField.contextAuthorizerClaims('client_id'),
    status: AccessLogField.contextStatus(),
    milliseconds: AccessLogField.contextResponseLatency(),
    bytes: AccessLogField.contextResponseLength(),
    fault: AccessLogField.contextIntegrationErrorMessage(),
    refusal: AccessLogField.contextAuthorizerError(),
  }),
);
