import type { Stack, TemplateOutput, TemplateValue } from '#local/cloud/template/template.ts';

type Properties = Readonly<Record<string, TemplateValue>>;

export const resource = (Type: string, Properties: Properties = {}, more: object = {}) => ({
  Type,
  Properties,
  ...more,
});

export interface StackOptions {
  readonly name?: string;
  readonly resources?: Stack['template']['Resources'];
  readonly outputs?: Readonly<Record<string, TemplateOutput>>;
  /** Other sections of the template. */
  readonly more?: object;
}

/** A stack as if it had been synthesized; its assets are folders named after their keys. */
export function makeStack(options: StackOptions = {}): Stack {
  const { name = 'One', resources = {}, outputs = {}, more = {} } = options;
  return {
    name,
    template: { Resources: resources, Outputs: outputs, ...more },
    assetFolder: (s3Key) => `/assets/${s3Key}`,
  };
}
