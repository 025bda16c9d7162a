import type { Resource } from '#local/cloud/template/template.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
interface PermissionProperties {
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn?: string;
}

/** What functions themselves allow: their resource-based policies. */
export interface Permissions {
  /** @param sourceArn what stands behind the service: `arn:aws:execute-api:…:<api>/$default/GET/health` */
  mayInvoke(functionArn: string, sourceArn: string): boolean;
}

/** Of the permissions that HTTP APIs need, the only kind there is here. */
export function planPermissions(resources: readonly Resource[]): Permissions {
  const rules = resources
    .filter(({ type }) => type === 'AWS::Lambda::Permission')
    .map(({ properties }) => properties as unknown as PermissionProperties)
    .map(({ FunctionName, SourceArn = '*' }) => ({ FunctionName, source: toPattern(SourceArn) }));
  return {
    mayInvoke: (functionArn, sourceArn) =>
      rules.some(
        ({ FunctionName, source }) =>
          [functionArn, functionArn.split(':').at(-1)].includes(FunctionName) &&
          source.test(sourceArn),
      ),
  };
}

/** As the condition ArnLike: `*` and `?` stand for any text and any character. */
function toPattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
