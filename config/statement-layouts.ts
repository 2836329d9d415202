import { faultsOfSchema } from '#shared/domain/schema-faults.ts';
import { type StatementSettings, statementSettingsSchema } from '#shared/domain/statement-layout.ts';
import dev from './dev/statement-layouts.json' with { type: 'json' };
import prod from './prod/statement-layouts.json' with { type: 'json' };
import { faultsOfRepeats, placeOf, type RegistryFile, refuse } from './registry-file.ts';
import type { Stage } from './stage.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/statement-layouts.json', data: dev },
  prod: { path: 'config/prod/statement-layouts.json', data: prod },
};

/**
 * How files of gateways and banks are read in a stage. A stage without mappings still takes the project layout,
 * camt.053 and MT940.
 * @throws ConfigurationError naming every fault
 */
export function loadStatementLayouts(stage: Stage): StatementSettings {
  return readStatementLayouts(files[stage]);
}

export function readStatementLayouts(file: RegistryFile): StatementSettings {
  const parsed = statementSettingsSchema.safeParse(file.data);
  if (!parsed.success) {
    return refuse(
      file,
      faultsOfSchema(parsed.error).map(({ path, message }) => `${placeOf(path)}: ${message}`),
    );
  }
  const { partners, gateways, banks } = parsed.data;
  const faults = [
    ...faultsOfRepeats(partners, 'account', ({ gateway, merchant }) => [`${gateway}/${merchant}`]).map(
      (fault) => `.partners${fault}`,
    ),
    ...faultsOfRepeats(partners, 'code', ({ gateway, codes }) => codes.map((code) => `${code} of ${gateway}`)).map(
      (fault) => `.partners${fault}`,
    ),
    ...faultsOfRepeats(gateways, 'name', ({ name }) => [name]).map((fault) => `.gateways${fault}`),
    ...faultsOfRepeats(banks, 'name', ({ name }) => [name]).map((fault) => `.banks${fault}`),
  ];
  return faults.length > 0 ? refuse(file, faults) : parsed.data;
}
