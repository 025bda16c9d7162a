import type {
  CorsConfiguration,
  HttpApiDefinition,
  HttpApiRoute,
  Throttle,
} from '#local/cloud/httpApi/definition.ts';
import { nameOf, type Resource, type ResourceName } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import { planPermissions } from './permissions.ts';

export interface PlannedHttpApi {
  readonly name: ResourceName;
  readonly definition: HttpApiDefinition;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html */
export interface StageProperties {
  readonly ApiId: string;
  readonly StageName: string;
  readonly AccessLogSettings?: { readonly Format?: string };
  readonly DefaultRouteSettings?: {
    readonly ThrottlingBurstLimit?: number;
    readonly ThrottlingRateLimit?: number;
  };
}

export interface RouteProperties {
  readonly ApiId: string;
  readonly RouteKey: string;
  readonly RouteResponseSelectionExpression?: string;
  readonly Target?: string;
}

interface CorsProperties {
  readonly AllowCredentials?: boolean;
  readonly AllowHeaders?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowOrigins?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAge?: number;
}

/** Every HTTP API with its stage, routes and the functions behind them. @throws StartError when a part is missing */
export function planHttpApis(resources: readonly Resource[]): PlannedHttpApi[] {
  const { mayInvoke } = planPermissions(resources);
  return apisOf(resources, 'HTTP').map((api) => {
    const { AccessLogSettings, DefaultRouteSettings } = findDefaultStage(api, resources);
    const { CorsConfiguration } = api.properties as { CorsConfiguration?: CorsProperties };
    const definition: HttpApiDefinition = {
      apiId: api.ref,
      stage: '$default',
      payloadFormat: '2.0',
      routes: planRoutes(api, resources),
      accessLogFormat: AccessLogSettings?.Format,
      throttle: planThrottle(DefaultRouteSettings),
      cors: CorsConfiguration && planCors(CorsConfiguration),
      mayInvoke,
    };
    return { name: { stack: api.stack, id: api.id }, definition };
  });
}

/** The APIs that speak a protocol. */
export const apisOf = (resources: readonly Resource[], protocol: 'HTTP' | 'WEBSOCKET') =>
  ofType(resources, 'AWS::ApiGatewayV2::Api').filter(
    ({ properties }) => properties.ProtocolType === protocol,
  );

export const ofType = (resources: readonly Resource[], wanted: string): Resource[] =>
  resources.filter(({ type }) => type === wanted);

function findDefaultStage(api: Resource, resources: readonly Resource[]): StageProperties {
  const stage = findStage(api, resources);
  if (stage.StageName === '$default') return stage;
  throw new StartError(
    `${nameOf(api)}: an HTTP API has the stage $default on a laptop, not ${stage.StageName}.`,
  );
}

/** An API without a stage is deployed nowhere. */
export function findStage(api: Resource, resources: readonly Resource[]): StageProperties {
  const stages = ofType(resources, 'AWS::ApiGatewayV2::Stage')
    .map(({ properties }) => properties as unknown as StageProperties)
    .filter(({ ApiId }) => ApiId === api.ref);
  const [stage, another] = stages;
  if (stage && !another) return stage;
  throw new StartError(`${nameOf(api)}: expected one stage of this API, got ${stages.length}.`);
}

function planRoutes(api: Resource, resources: readonly Resource[]): HttpApiRoute[] {
  return routesOf(api, resources).map(({ properties: { RouteKey }, uri }) => ({
    routeKey: RouteKey,
    functionArn: uri,
  }));
}

/** An API's routes, each with its integration's URI. @throws StartError for a route that leads nowhere */
export function routesOf(api: Resource, resources: readonly Resource[]) {
  const integrations = ofType(resources, 'AWS::ApiGatewayV2::Integration');
  return ofType(resources, 'AWS::ApiGatewayV2::Route').flatMap((route) => {
    const properties = route.properties as unknown as RouteProperties;
    if (properties.ApiId !== api.ref) return [];
    const integration = integrations.find(({ ref }) => properties.Target === `integrations/${ref}`);
    if (!integration) throw new StartError(`${nameOf(route)}: expected an integration as Target.`);
    return [{ route, properties, uri: String(integration.properties.IntegrationUri) }];
  });
}

/** Without numbers of its own, a stage has those of the account: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT_THROTTLE: Throttle = { rate: 10_000, burst: 5_000 };

export function planThrottle(settings: StageProperties['DefaultRouteSettings'] = {}): Throttle {
  const { rate, burst } = ACCOUNT_THROTTLE;
  const { ThrottlingRateLimit = rate, ThrottlingBurstLimit = burst } = settings;
  return { rate: ThrottlingRateLimit, burst: ThrottlingBurstLimit };
}

function planCors(cors: CorsProperties): CorsConfiguration {
  return {
    allowCredentials: cors.AllowCredentials,
    allowHeaders: cors.AllowHeaders,
    allowMethods: cors.AllowMethods,
    allowOrigins: cors.AllowOrigins,
    exposeHeaders: cors.ExposeHeaders,
    maxAge: cors.MaxAge,
  };
}
