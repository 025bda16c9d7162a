/**
 * Keeps @apollo/gateway from sending metrics to its maker. Its constructor reads this variable from
 * the environment and offers no option for it, so it is set here, before one is made.
 * https://www.apollographql.com/docs/graphos/reference/data-privacy
 */
export function disableApolloTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
}
