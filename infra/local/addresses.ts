/** Where everything listens, for people and for the local pages. */
export interface LocalAddresses {
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly queueUrl: string;
  /** Statements laid into it are reconciled: `<gateway>/<merchant>/<yyyy-mm-dd>/<file>`. */
  readonly statementsFolder: string;
  readonly engines: { readonly dynamoDb: string; readonly queuesAndBuckets: string };
}
