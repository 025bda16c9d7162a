/** A reference that the auth service resolves: this service knows users by their ids alone. */
export function userOf(id: string): { readonly __typename: 'User'; readonly id: string } {
  return { __typename: 'User', id };
}
