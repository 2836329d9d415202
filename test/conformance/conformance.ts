import { basename } from 'node:path';
import { amountInWords } from '#shared/domain/amount-in-words.ts';
import { isProcedureCode, readDossierCode } from '#shared/domain/dossier-code.ts';
import type { Gateway } from '#shared/gateways/gateway.ts';
import { gateways } from '#test/support/registered-gateways.ts';
import { checkCallback } from './callback-vectors.ts';
import { checkContent, contentVectorsOf } from './content-vectors.ts';
import { checkRequest } from './request-vectors.ts';
import { readVectorFile, type VectorFile, VectorFileError } from './vector-file.ts';
import type { AmountFile, DossierCodeFile, GatewayFile } from './vector-schemas.ts';
import { differencesOf, judge, type Verdict } from './verdict.ts';

/** Where the report goes, and where faults of the files go. */
export interface Output {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/**
 * Runs vector files and prints what differs, then `N passed, N failed, N skipped`.
 * @returns the exit code: 0 all passed, 1 a vector failed, 2 a file could not be run
 */
export async function runConformance(paths: readonly string[], output: Output): Promise<0 | 1 | 2> {
  if (paths.length === 0) {
    output.complain('no vector file given: npm run conformance -- FILE...');
    return 2;
  }
  try {
    const files = await Promise.all(paths.map(async (path) => ({ path, file: await readVectorFile(path) })));
    return report(
      files.map(({ path, file }) => ({ name: basename(path), verdicts: judgeFile(file) })),
      output.print,
    );
  } catch (fault) {
    if (!(fault instanceof VectorFileError)) throw fault;
    output.complain(fault.message);
    return 2;
  }
}

/** The verdict on every vector of a file, in the file's order. */
export function judgeFile(file: VectorFile): readonly Verdict[] {
  switch (file.about) {
    case 'gateways':
      return judgeGateways(file);
    case 'amounts':
      return judgeAmounts(file);
    case 'dossier-codes':
      return judgeDossierCodes(file);
  }
}

function judgeGateways({ vectors, outbound }: GatewayFile): readonly Verdict[] {
  return [
    ...vectors.map((vector) => judgeAtGateway(vector, (gateway) => checkCallback(gateway, vector))),
    ...outbound.map((vector) =>
      vector.gateway === contentVectorsOf
        ? judge(vector.name, () => checkContent(vector))
        : judgeAtGateway(vector, (gateway) => checkRequest(gateway, vector)),
    ),
  ];
}

function judgeAtGateway(
  vector: { readonly name: string; readonly gateway: string },
  check: (gateway: Gateway) => readonly string[],
): Verdict {
  const gateway = gateways.find(({ name }) => name === vector.gateway);
  return gateway === undefined
    ? { status: 'skipped', name: vector.name, because: `gateway ${vector.gateway} is not registered` }
    : judge(vector.name, () => check(gateway));
}

function judgeAmounts({ vectors }: AmountFile): readonly Verdict[] {
  return vectors.map(({ amount, words, wordsChan }) =>
    judge(`amount ${amount}`, () => [
      ...differencesOf({ words }, { words: amountInWords(amount) }),
      ...(wordsChan === undefined
        ? []
        : differencesOf({ wordsChan }, { wordsChan: amountInWords(amount, { even: true }) })),
    ]),
  );
}

function judgeDossierCodes({ clock, province, vectors, procedureCodes }: DossierCodeFile): readonly Verdict[] {
  return [
    ...vectors.map(({ valid, ...expected }) =>
      judge(`dossier code ${JSON.stringify(expected.code)}`, () => {
        const { ok, ...reading } = readDossierCode(expected.code, { today: clock, province });
        return differencesOf({ valid, ...expected }, { code: expected.code, valid: ok, ...reading });
      }),
    ),
    ...procedureCodes.map(({ code, valid }) =>
      judge(`procedure code ${JSON.stringify(code)}`, () => differencesOf({ valid }, { valid: isProcedureCode(code) })),
    ),
  ];
}

function report(
  files: readonly { readonly name: string; readonly verdicts: readonly Verdict[] }[],
  print: (line: string) => void,
): 0 | 1 {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, verdicts } of files) {
    for (const verdict of verdicts) {
      tally[verdict.status] += 1;
      if (verdict.status !== 'failed') continue;
      print(`FAILED ${verdict.name} (${name})`);
      for (const difference of verdict.differences) print(`  ${difference}`);
    }
    for (const [because, count] of reasonsForSkipping(verdicts)) print(`${name}: ${count} vectors skipped, ${because}`);
  }
  print(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
  return tally.failed === 0 ? 0 : 1;
}

function reasonsForSkipping(verdicts: readonly Verdict[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const verdict of verdicts) {
    if (verdict.status === 'skipped') counts.set(verdict.because, (counts.get(verdict.because) ?? 0) + 1);
  }
  return counts;
}
