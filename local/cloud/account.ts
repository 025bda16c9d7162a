/** Where the templates are deployed on a laptop: AWS's own form, an account that can't be anybody's. */
export const REGION = 'ap-northeast-2';
export const ACCOUNT = '000000000000';
export const PARTITION = 'aws';
export const URL_SUFFIX = 'amazonaws.com';
/** Where everything listens. */
export const HOST = '127.0.0.1';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const arn = (service: string, resource: string): string =>
  `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** IAM knows no regions. */
export const iamArn = (service: 'iam' | 'sts', resource: string): string =>
  `arn:${PARTITION}:${service}::${ACCOUNT}:${resource}`;
