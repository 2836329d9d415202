export default async function stopEngine(): Promise<void> {
  await globalThis.testEngine?.stop();
  await Promise.all((globalThis.removeTestFiles ?? []).map((remove) => remove()));
}
