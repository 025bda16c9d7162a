/**
 * What AppSync brings along: a schema may use these words without defining them.
 * https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html
 * https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export const AWS_WORDS = `
scalar AWSDate
scalar AWSDateTime
scalar AWSEmail
scalar AWSIPAddress
scalar AWSJSON
scalar AWSPhone
scalar AWSTime
scalar AWSTimestamp
scalar AWSURL

directive @aws_api_key on FIELD_DEFINITION | OBJECT
directive @aws_iam on FIELD_DEFINITION | OBJECT
directive @aws_oidc on FIELD_DEFINITION | OBJECT
directive @aws_lambda on FIELD_DEFINITION | OBJECT
directive @aws_cognito_user_pools(cognito_groups: [String]) on FIELD_DEFINITION | OBJECT
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION
directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;
