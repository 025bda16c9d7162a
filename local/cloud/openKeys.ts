import type { KeyObject } from 'node:crypto';
import type { AwsService } from './endpoint.ts';
import { createKmsService } from './kms/service.ts';
import type { Resource, ResourceName } from './template/template.ts';

/** Makes KMS answer for the keys of the templates. @param privateKeyOf where they are kept */
export async function openKeys(
  resources: readonly Resource[],
  privateKeyOf: (key: ResourceName) => Promise<KeyObject>,
): Promise<AwsService> {
  const keys = resources
    .filter(({ type }) => type === 'AWS::KMS::Key')
    .map(async (key) => ({
      arn: key.attributes.Arn ?? '',
      privateKey: await privateKeyOf({ stack: key.stack, id: key.id }),
    }));
  return createKmsService(await Promise.all(keys));
}
