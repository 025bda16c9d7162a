import { StartError } from '#local/startError.ts';
import { nameOf, type Resource } from './template.ts';

/** What names are given to that an account and region have once. */
const NAMED: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'table',
  'AWS::DynamoDB::Table': 'table',
  'AWS::IAM::Role': 'role',
  'AWS::Lambda::Function': 'function',
  'AWS::Logs::LogGroup': 'log group',
  'AWS::SQS::Queue': 'queue',
};

/** @throws StartError when two resources are called the same: CloudFormation finds that the second exists already */
export function refuseSameNames(resources: readonly Resource[]): void {
  const known = new Map<string, Resource>();
  for (const resource of resources) {
    const kind = NAMED[resource.type];
    if (kind === undefined) continue;
    const name = `${kind} ${resource.ref}`;
    const other = known.get(name);
    if (other) {
      throw new StartError(`${nameOf(resource)} makes the ${name}, which ${nameOf(other)} did.`);
    }
    known.set(name, resource);
  }
}
