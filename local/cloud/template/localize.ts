import { REGION, URL_SUFFIX } from '#local/cloud/account.ts';
import { shortId } from './resourceIds.ts';
import type { ResourceName, Stack } from './template.ts';

const HOST_OF_API = new RegExp(
  `(http|ws)s://([a-z0-9]{10})\\.execute-api\\.${REGION}\\.${URL_SUFFIX.replace('.', '\\.')}`,
  'g',
);

/** Puts the loopback URL in where a template has put together the one that an HTTP API has on AWS. */
export function createLocalizer(
  stacks: readonly Stack[],
  { urlOf }: { urlOf(api: ResourceName): string },
): (value: unknown) => unknown {
  const apis = new Map<string, ResourceName>();
  for (const { name: stack, template } of stacks) {
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::ApiGatewayV2::Api') apis.set(shortId({ stack, id }), { stack, id });
    }
  }
  const localizeText = (text: string): string =>
    text.replace(HOST_OF_API, (url, scheme: string, apiId: string) => {
      const api = apis.get(apiId);
      return api ? urlOf(api).replace(/^http/, scheme) : url;
    });
  const localize = (value: unknown): unknown => {
    if (typeof value === 'string') return localizeText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(localize);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, localize(inner)]));
  };
  return localize;
}
