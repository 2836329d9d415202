import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { readStageSettings, SettingsError } from '#infra/stage-settings.ts';
import { domainContext, prodContext } from './templates.ts';

const read = (context: Record<string, unknown>) => readStageSettings(new App({ context }).node);

describe('reading the settings of a stage', () => {
  it('needs nothing in dev', () => {
    expect(read({})).toEqual({
      stage: 'dev',
      region: 'ap-southeast-1',
      issuer: 'http://localhost:4403',
      audience: 'bien-lai',
      staffIssuer: 'http://localhost:4403',
      staffAudience: 'bien-lai-staff',
      staffCodeClaim: 'preferred_username',
      staffRolesClaim: 'roles',
      province: 'H49',
      chaseEveryMinutes: 1,
      unthrottledCidrs: [],
      signingKeysFor: [],
    });
  });

  it('takes what prod is told', () => {
    const settings = read({ ...prodContext, ...domainContext, chaseEveryMinutes: '5' });
    expect(settings).toMatchObject({
      stage: 'prod',
      issuer: 'https://login.example.vn',
      chaseEveryMinutes: 5,
      edgeDomain: { name: 'thanhtoan.example.vn' },
      apiDomain: { name: 'api.thanhtoan.example.vn' },
    });
  });

  it.each([
    ['an unknown stage', { stage: 'staging' }, 'stage: "staging" is no stage: give -c stage=dev or -c stage=prod'],
    ['no issuer in prod', { stage: 'prod' }, 'issuer: stage prod trusts only tokens of an https issuer'],
    ['no issuer of staff in prod', { stage: 'prod', issuer: 'https://login.example.vn' }, 'staffIssuer: stage prod'],
    ['a plain issuer of staff', { ...prodContext, staffIssuer: 'http://x.vn' }, 'staffIssuer: stage prod trusts only'],
    ['a plain issuer in prod', { stage: 'prod', issuer: 'http://login.example.vn' }, 'issuer: stage prod trusts only'],
    ['an issuer that is no address', { issuer: 'login' }, 'issuer: must be the address of an OpenID provider'],
    ['a sweep that never runs', { chaseEveryMinutes: 0 }, 'chaseEveryMinutes:'],
    ['a name without a certificate', { apiDomainName: 'api.example.vn' }, 'apiDomain.certificateArn:'],
    ['a range that is none', { unthrottledCidrs: '10.0.0.1' }, 'unthrottledCidrs.0: must be IPv4 ranges'],
    ['a tax code that is none', { signingKeysFor: '570123456' }, 'signingKeysFor.0: must be tax codes'],
    ['an account with a digit too few', { account: '12345678901' }, 'account: must be the 12 digits'],
  ])('refuses %s with the fault and its mending', (_case, context, words) => {
    expect(() => read(context)).toThrow(SettingsError);
    expect(() => read(context)).toThrow(words);
  });

  it('names every fault at once', () => {
    expect(() => read({ stage: 'test', alarmEmail: 'nobody', region: 'moon' })).toThrow(
      /stage: [\s\S]*region: [\s\S]*alarmEmail: /,
    );
  });

  it('reads ranges from the command line and from cdk.json alike', () => {
    const ranges = ['203.0.113.0/24', '198.51.100.7/32'];
    expect(read({ unthrottledCidrs: ranges.join(', ') }).unthrottledCidrs).toEqual(ranges);
    expect(read({ unthrottledCidrs: ranges }).unthrottledCidrs).toEqual(ranges);
  });
});
