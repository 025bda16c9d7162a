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
interface StageProperties {
  readonly ApiId: string;
  readonly AccessLogSettings?: { readonly Format?: string };
  readonly DefaultRouteSettings?: {
    readonly ThrottlingBurstLimit?: number;
    readonly ThrottlingRateLimit?: number;
  };
}

interface RouteProperties {
  readonly ApiId: string;
  readonly RouteKey: string;
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
  return ofType(resources, 'AWS::ApiGatewayV2::Api').map((api) => {
    const { AccessLogSettings, DefaultRouteSettings } = findStage(api, resources);
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

const ofType = (resources: readonly Resource[], wanted: string): Resource[] =>
  resources.filter(({ type }) => type === wanted);

/** An API without a stage is deployed nowhere. */
function findStage(api: Resource, resources: readonly Resource[]): StageProperties {
  const stages = ofType(resources, 'AWS::ApiGatewayV2::Stage')
    .map(({ properties }) => properties as unknown as StageProperties)
    .filter(({ ApiId }) => ApiId === api.ref);
  const [stage, another] = stages;
  if (stage && !another) return stage;
  throw new StartError(`${nameOf(api)}: expected one stage of this API, got ${stages.length}.`);
}

function planRoutes(api: Resource, resources: readonly Resource[]): HttpApiRoute[] {
  const integrations = ofType(resources, 'AWS::ApiGatewayV2::Integration');
  return ofType(resources, 'AWS::ApiGatewayV2::Route').flatMap((route) => {
    const { ApiId, RouteKey, Target } = route.properties as unknown as RouteProperties;
    if (ApiId !== api.ref) return [];
    const integration = integrations.find(({ ref }) => Target === `integrations/${ref}`);
    if (!integration) throw new StartError(`${nameOf(route)}: expected an integration as Target.`);
    return [{ routeKey: RouteKey, functionArn: String(integration.properties.IntegrationUri) }];
  });
}

/** Without numbers of its own, a stage has those of the account: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT_THROTTLE: Throttle = { rate: 10_000, burst: 5_000 };

function planThrottle(settings: StageProperties['DefaultRouteSettings'] = {}): Throttle {
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
