// Stands in for what our functions never call, and says so when something does.

for (const name of [
  // @apollo/gateway: we give it a finished supergraph, take its plans, and execute them ourselves.
  'executeQueryPlan',
  'IntrospectAndCompose',
  'LegacyFetcher',
  'LocalCompose',
  'UplinkSupergraphManager',
  'UplinkFetcherError',
  'RemoteGraphQLDataSource',
  // @apollo/query-planner and @apollo/query-graphs: plans printed for people.
  'astSerializer',
  'queryPlanSerializer',
  'prettyFormatQueryPlan',
  // @apollo/server: its schema is the gateway's, and the plugins that come by default are disabled.
  'makeExecutableSchema',
  'ApolloServerPluginCacheControl',
  'ApolloServerPluginDisableSuggestions',
  'ApolloServerPluginInlineTrace',
  'ApolloServerPluginLandingPageLocalDefault',
  'ApolloServerPluginLandingPageProductionDefault',
  'ApolloServerPluginSchemaReporting',
  'ApolloServerPluginUsageReporting',
  // Default exports.
  'default',
]) {
  exports[name] = class {
    constructor() {
      throw new Error(`${name} was left out of this bundle: see scripts/lambdas/standIns.js.`);
    }
  };
}
