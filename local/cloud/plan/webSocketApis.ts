import { PARTITION, REGION } from '#local/cloud/account.ts';
import { nameOf, type Resource, type ResourceName } from '#local/cloud/template/template.ts';
import type {
  WebSocketApiDefinition,
  WebSocketRoute,
} from '#local/cloud/webSocketApi/definition.ts';
import { StartError } from '#local/startError.ts';
import { apisOf, findStage, ofType, planThrottle, routesOf } from './httpApis.ts';
import { planPermissions } from './permissions.ts';

export interface PlannedWebSocketApi {
  readonly name: ResourceName;
  readonly definition: WebSocketApiDefinition;
}

/** Every WebSocket API with its stage, routes and the functions behind them. @throws StartError when a part is missing */
export function planWebSocketApis(resources: readonly Resource[]): PlannedWebSocketApi[] {
  const { mayInvoke } = planPermissions(resources);
  return apisOf(resources, 'WEBSOCKET').map((api) => {
    const { AccessLogSettings, DefaultRouteSettings, StageName } = findStage(api, resources);
    const definition: WebSocketApiDefinition = {
      apiId: api.ref,
      stage: StageName,
      routedBy: readSelection(api),
      routes: planRoutes(api, resources),
      throttle: planThrottle(DefaultRouteSettings),
      accessLogFormat: AccessLogSettings?.Format,
      mayInvoke,
    };
    return { name: { stack: api.stack, id: api.id }, definition };
  });
}

/** `$request.body.type` → `type`. */
function readSelection(api: Resource): string {
  const { RouteSelectionExpression: expression } = api.properties;
  const [, member] = /^\$request\.body\.(\w+)$/.exec(String(expression)) ?? [];
  if (member) return member;
  throw new StartError(
    `${nameOf(api)}: expected RouteSelectionExpression to be like $request.body.type, got ${expression}.`,
  );
}

function planRoutes(api: Resource, resources: readonly Resource[]): WebSocketRoute[] {
  const responses = new Set(
    ofType(resources, 'AWS::ApiGatewayV2::RouteResponse').map(
      ({ properties }) => properties.RouteId,
    ),
  );
  return routesOf(api, resources).map(({ route, properties, uri }) => ({
    routeKey: properties.RouteKey,
    functionArn: readFunction(route, uri),
    // It takes both: the expression on the route, and the response.
    answers: properties.RouteResponseSelectionExpression !== undefined && responses.has(route.ref),
  }));
}

const URI = new RegExp(
  `^arn:${PARTITION}:apigateway:${REGION}:lambda:path/2015-03-31/functions/(.+)/invocations$`,
);

function readFunction(route: Resource, uri: string): string {
  const [, functionArn] = URI.exec(uri) ?? [];
  if (functionArn) return functionArn;
  throw new StartError(`${nameOf(route)}: expected a function's IntegrationUri, got ${uri}.`);
}
