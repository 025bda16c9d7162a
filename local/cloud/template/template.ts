/** A value in a template: JSON, intrinsic functions included. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly [section: string]: unknown;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, TemplateValue>>;
  readonly DependsOn?: string | readonly string[];
  readonly [attribute: string]: unknown;
}

export interface TemplateOutput {
  readonly Value: TemplateValue;
  readonly Export?: { readonly Name: TemplateValue };
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string;
}

/** A template that is about to be deployed. */
export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** The folder whose files are under that key of the bucket for assets, or the one file that is. @throws when there is none. */
  assetFolder(s3Key: string): string;
}

/** A resource's place: a stack and the logical id in it. */
export interface ResourceName {
  readonly stack: string;
  readonly id: string;
}

/** How messages call a resource. */
export const nameOf = ({ stack, id }: ResourceName): string => `${stack}/${id}`;

/** A resource whose intrinsic functions have become values. */
export interface Resource extends ResourceName {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What `Ref` gives: a name or an id, as the type has it. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives: `Arn`. */
  readonly attributes: Readonly<Record<string, string>>;
}
