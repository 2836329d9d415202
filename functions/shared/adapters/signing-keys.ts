import type { Instant } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { Clock } from '#shared/domain/ports.ts';
import {
  faultOfChain,
  faultOfTime,
  faultsOfCertificate,
  type SigningCertificate,
} from '#shared/domain/signing-certificate.ts';
import { type SigningKeys, SigningRefused } from '#shared/domain/signing-ports.ts';
import { keysOn, type SigningKey, type SigningSettings } from '#shared/domain/signing-settings.ts';
import { type KeyOpenerNeeds, makeKeyOpener, type OpenSigningKey, readBase64Certificate } from './open-signing-key.ts';
import type { OpenedSigner } from './proven-signer.ts';

export interface SigningKeysNeeds extends KeyOpenerNeeds {
  readonly settings: SigningSettings;
  readonly clock: Clock;
  /** A clock that never goes back. */
  readonly milliseconds: () => number;
}

/** So long may a renewed secret stay unknown to a warm container. */
const keepMilliseconds = 5 * 60 * 1000;

interface Kept {
  readonly opened: Promise<OpenedSigner>;
  readonly until: number;
}

/** Finds the key of an organisation by time, opens it where it lies, and lets none sign that V6 and V7 would refuse. */
export function makeSigningKeys(needs: SigningKeysNeeds): SigningKeys {
  const open = makeKeyOpener(needs);
  const anchors = needs.settings.trustAnchors.map(readBase64Certificate);
  const kept = new Map<SigningKey, Kept>();
  const told = new Set<string>();

  function openOnce(key: SigningKey): Promise<OpenedSigner> {
    const known = kept.get(key);
    if (known !== undefined && known.until > needs.milliseconds()) return known.opened;
    const opened = openChecked(key, open, anchors);
    kept.set(key, { opened, until: needs.milliseconds() + keepMilliseconds });
    opened.then(
      ({ own }) => warnOfExpiry(key, own, needs),
      // A failure is never kept: the next caller asks again.
      () => kept.delete(key),
    );
    return opened;
  }

  async function tryKey(key: SigningKey, times: readonly Instant[]): Promise<OpenedSigner | string> {
    try {
      const opened = await openOnce(key);
      return faultNow(opened.own, times, needs.settings) ?? opened;
    } catch (error) {
      if (error instanceof SigningRefused || error instanceof ConfigurationError) return error.message;
      throw error;
    }
  }

  return {
    async signerOf(taxCode, signingTime = needs.clock()) {
      if (!needs.settings.keys.some((key) => key.taxCode === taxCode)) return undefined;
      const faults: string[] = [];
      for (const key of keysOn(needs.settings.keys, taxCode, businessDateOf(signingTime))) {
        const result = await tryKey(key, [signingTime, needs.clock()]);
        if (typeof result !== 'string') return result.signer;
        faults.push(result);
        if (!told.has(result)) needs.logNews('SIGNER_UNUSABLE', { taxCode, validFrom: key.validFrom, why: result });
        told.add(result);
      }
      throw new SigningRefused(
        `No key may sign for tax code ${taxCode} at ${signingTime}: ${faults.join('; ') || 'none has begun by then'}`,
      );
    },
  };
}

/** What does not change with time is checked when the key is opened. */
async function openChecked(key: SigningKey, open: OpenSigningKey, anchors: readonly SigningCertificate[]) {
  const opened = await open(key);
  const fault = faultsOfCertificate(opened.own, key.taxCode)[0] ?? faultOfChain(opened.chain, anchors);
  if (fault !== undefined) throw new SigningRefused(`certificate ${opened.own.serial}: ${fault}`);
  return opened;
}

/** What the passing of time makes of a good certificate. */
function faultNow(own: SigningCertificate, times: readonly Instant[], settings: SigningSettings): string | undefined {
  const fault =
    faultOfRevocation(own, settings) ??
    times.map((time) => faultOfTime(own, time)).find((found) => found !== undefined);
  return fault === undefined ? undefined : `certificate ${own.serial}: ${fault}`;
}

function faultOfRevocation({ serial }: SigningCertificate, { revoked }: SigningSettings): string | undefined {
  const found = revoked.find((row) => row.serial === serial);
  if (found === undefined) return undefined;
  return `it was revoked at ${found.revokedAt} (${found.reason}): order a new one and configure it`;
}

const day = 24 * 60 * 60 * 1000;

/** Ordering a certificate takes people days: a month before there is time, in the last week somebody must be woken. */
function warnOfExpiry(
  { taxCode }: SigningKey,
  own: SigningCertificate,
  { settings, clock, logNews }: SigningKeysNeeds,
): void {
  const daysLeft = Math.floor((Date.parse(own.notAfter) - Date.parse(clock())) / day);
  const hasSuccessor = settings.keys.some((key) => key.taxCode === taxCode && key.validFrom > businessDateOf(clock()));
  if (daysLeft < 0 || daysLeft > 30 || hasSuccessor) return;
  const facts = { taxCode, serial: own.serial, notAfter: own.notAfter, daysLeft };
  logNews(daysLeft <= 7 ? 'CERTIFICATE_LAST_DAYS' : 'CERTIFICATE_EXPIRING', facts);
}
