import { arn } from '#local/cloud/account.ts';
import type { Reference, Referred } from './references.ts';
import { longId } from './resourceIds.ts';

const apiArn = (api: Referred): string => arn('appsync', `apis/${longId(api)}`);

/** A key looks like `da2-` and 26 letters and digits. */
const apiKey = (key: Referred): string => `da2-${longId(key)}`;

const name = (source: Referred): string => String(source.property('Name'));

const BY_ID: Reference = { ref: longId, attributes: {} };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_AppSync.html, under "Return values" */
export const APPSYNC_REFERENCES: Readonly<Record<string, Reference>> = {
  'AWS::AppSync::ApiKey': { ref: longId, attributes: { ApiKey: apiKey } },
  'AWS::AppSync::DataSource': { ref: longId, attributes: { Name: name } },
  'AWS::AppSync::FunctionConfiguration': { ref: longId, attributes: { FunctionId: longId } },
  'AWS::AppSync::GraphQLApi': {
    ref: apiArn,
    attributes: {
      ApiId: longId,
      Arn: apiArn,
      GraphQLUrl: ({ url }) => `${url()}/graphql`,
      RealtimeUrl: ({ url }) => `${url().replace(/^http/, 'ws')}/graphql/realtime`,
    },
  },
  'AWS::AppSync::GraphQLSchema': BY_ID,
  'AWS::AppSync::Resolver': BY_ID,
};
