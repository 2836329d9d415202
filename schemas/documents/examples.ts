/** Example documents by the name of their schema, then by what they show. */
export type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `payment-request` for `PaymentRequest`: names in files and addresses are in kebab case. */
export function kebabCaseOf(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
}
