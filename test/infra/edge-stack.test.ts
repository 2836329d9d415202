import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { asText, expectResource, prodContext, resourcesOf, synthesise } from './templates.ts';

const { edge, stacks } = synthesise({ unthrottledCidrs: '198.51.100.0/24' });
const [firewall] = resourcesOf(edge, 'AWS::WAFv2::WebACL');

describe('the firewall', () => {
  it('stands in the one region that CloudFront takes firewalls from', () => {
    expect(stacks.edge.region).toBe('us-east-1');
    expect(stacks.service.region).toBe('ap-southeast-1');
  });

  it('throttles addresses, but never those of gateways and of the dossier system', () => {
    expectResource(edge, 'AWS::WAFv2::IPSet', {
      Scope: 'CLOUDFRONT',
      Addresses: Match.arrayWith(['113.160.92.202/32', '198.51.100.0/24']),
    });
    expectResource(edge, 'AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      Rules: Match.arrayWith([
        Match.objectLike({
          Statement: {
            RateBasedStatement: {
              AggregateKeyType: 'IP',
              ScopeDownStatement: { NotStatement: { Statement: { IPSetReferenceStatement: Match.anyValue() } } },
            },
          },
        }),
      ]),
    });
  });

  it('knows the addresses that VNPAY announces for each stage', () => {
    const prod = synthesise(prodContext);
    expectResource(prod.edge, 'AWS::WAFv2::IPSet', { Addresses: Match.arrayWith(['113.52.45.78/32']) });
    expect(asText(prod.edge.toJSON())).not.toContain('113.160.92.202');
  });

  it('throttles look-ups and uploads of an address below everything else', () => {
    expectResource(edge, 'AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({
          Name: 'limit-lookups',
          Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
          Statement: { RateBasedStatement: Match.objectLike({ AggregateKeyType: 'IP', Limit: 300 }) },
        }),
      ]),
    });
    expect(asText(firewall?.properties)).toContain('"SearchString":"/r/"');
  });

  it('never lets rules that guess stand between a gateway and its callback, or judge a file', () => {
    const guessing = /ManagedRuleGroupStatement/;
    const rules: unknown = firewall?.properties['Rules'];
    const managed = Array.isArray(rules) ? rules.filter((rule) => guessing.test(asText(rule))) : [];
    expect(managed).toHaveLength(2);
    for (const rule of managed) {
      expect(rule).toMatchObject({
        Statement: {
          ManagedRuleGroupStatement: {
            ScopeDownStatement: {
              NotStatement: {
                Statement: {
                  OrStatement: {
                    Statements: [
                      { ByteMatchStatement: { SearchString: '/callbacks/' } },
                      { ByteMatchStatement: { SearchString: '/verify' } },
                    ],
                  },
                },
              },
            },
          },
        },
      });
    }
  });

  it('lets a basket of 45 charges through, though it is longer than the common rules like', () => {
    expect(asText(firewall?.properties)).toContain('"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"');
  });

  it('logs refusals only, without query strings and tokens, and keeps no samples', () => {
    expectResource(edge, 'AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: Match.arrayWith([{ QueryString: {} }, { SingleHeader: { Name: 'authorization' } }]),
      LoggingFilter: { DefaultBehavior: 'DROP' },
    });
    expect(asText(firewall?.properties)).not.toContain('"SampledRequestsEnabled":true');
  });
});
