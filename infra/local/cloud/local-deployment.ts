/** What a local run is as a deployment: the context that its templates are synthesised with. */
export const localDeployment = { stage: 'dev', audience: 'bien-lai', staffAudience: 'bien-lai-staff' } as const;
