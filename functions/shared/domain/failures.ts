/**
 * A fault in configuration: names every faulty place and the likely cause, never a secret's value.
 * It is a bug of the operator, so it is thrown and stops the start.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** A rule that must always hold does not: a bug, or a record that was changed by hand. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** A gateway gave no complete answer in time. What it did is unknown: nobody may take it for a refusal. */
export class GatewaySilent extends Error {
  override readonly name = 'GatewaySilent';
}
