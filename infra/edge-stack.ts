import { ArnFormat, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnIPSet, CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { loadGatewayAddresses } from '#config/gateway-addresses.ts';
import { type StageSettings, stackProps } from './stage-settings.ts';

/** CloudFront takes only firewalls of this region. */
const firewallRegion = 'us-east-1';

/** Requests of one address within five minutes. */
const requestLimit = 2_000;

/** Look-ups and uploads of one address within five minutes: a whole office behind it may check its receipts. */
const lookupLimit = 300;

/** What stands before CloudFront, in the one region where it must. */
export class EdgeStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, settings: StageSettings) {
    super(scope, 'Edge', stackProps(settings, 'edge', 'Firewall of bien-lai', firewallRegion));
    const gateways = loadGatewayAddresses(settings.stage).map(({ address }) => `${address}/32`);
    const unthrottled = new CfnIPSet(this, 'Unthrottled', {
      scope: 'CLOUDFRONT',
      ipAddressVersion: 'IPV4',
      addresses: [...gateways, ...settings.unthrottledCidrs],
    });
    const firewall = new CfnWebACL(this, 'Firewall', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: seenAs('firewall'),
      rules: [
        limitAddresses(unthrottled.attrArn, 0),
        limitLookups(1),
        screenPages('AWSManagedRulesCommonRuleSet', 2, ['SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING']),
        screenPages('AWSManagedRulesKnownBadInputsRuleSet', 3),
      ],
    });
    this.webAclArn = firewall.attrArn;
    this.#logRefusals(firewall);
  }

  /** Only what was refused, and never a query string or token: a callback's query names payer and amount. */
  #logRefusals(firewall: CfnWebACL): void {
    const logGroup = new LogGroup(this, 'Refusals', {
      // AWS WAF writes only to log groups whose name begins so.
      logGroupName: `aws-waf-logs-${this.stackName}`,
      retention: RetentionDays.THREE_MONTHS,
    });
    const arn = this.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    new CfnLoggingConfiguration(this, 'RefusalLog', {
      resourceArn: firewall.attrArn,
      logDestinationConfigs: [arn],
      redactedFields: [
        { queryString: {} },
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
    });
  }
}

function isUnder(path: string): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString: path,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
}

/** Refuses an address that asks too often, unless it is one whose messages carry money or dossiers. */
function limitAddresses(unthrottledArn: string, priority: number): CfnWebACL.RuleProperty {
  return {
    name: 'limit-addresses',
    priority,
    action: { block: { customResponse: { responseCode: 429 } } },
    visibilityConfig: seenAs('limit-addresses'),
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'IP',
        limit: requestLimit,
        scopeDownStatement: { notStatement: { statement: { ipSetReferenceStatement: { arn: unthrottledArn } } } },
      },
    },
  };
}

/** Refuses an address that tries look-up codes or has one file after the other verified. */
function limitLookups(priority: number): CfnWebACL.RuleProperty {
  return {
    name: 'limit-lookups',
    priority,
    action: { block: { customResponse: { responseCode: 429 } } },
    visibilityConfig: seenAs('limit-lookups'),
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'IP',
        limit: lookupLimit,
        scopeDownStatement: { orStatement: { statements: [isUnder('/r/'), isUnder('/verify')] } },
      },
    },
  };
}

/**
 * AWS's own rules for everything but callbacks and uploads. A callback is protected by its signature, and a rule that
 * guesses wrong (an order text that looks like an attack, a sender without `User-Agent`) would refuse money that was
 * paid. A file is XML or binary, which the same rules take for an attack; what reads it expects attacks.
 * @param tolerated rules that only count: a basket of 45 charges is longer than they allow
 */
function screenPages(ruleSet: string, priority: number, tolerated: readonly string[] = []): CfnWebACL.RuleProperty {
  return {
    name: ruleSet,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: seenAs(ruleSet),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: ruleSet,
        ruleActionOverrides: tolerated.map((name) => ({ name, actionToUse: { count: {} } })),
        scopeDownStatement: {
          notStatement: { statement: { orStatement: { statements: [isUnder('/callbacks/'), isUnder('/verify')] } } },
        },
      },
    },
  };
}

/** Metrics only: sampled requests would show the query strings of callbacks. */
function seenAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
