// Stands in for @aws-sdk/credential-provider-node, which looks for credentials in files, with single
// sign-on and on other machines: 260 KB. Functions have them from their environment (config.ts).

export const defaultProvider = () => async () => {
  throw new Error('Expected credentials to be passed to the client.');
};
