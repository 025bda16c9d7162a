import { changePassword } from '#domain/auth/changePassword.ts';
import { listSessions } from '#domain/auth/listSessions.ts';
import { readOwnProfile } from '#domain/auth/readProfile.ts';
import { refreshSession } from '#domain/auth/refreshSession.ts';
import { revokeSession } from '#domain/auth/revokeSession.ts';
import { signIn } from '#domain/auth/signIn.ts';
import { signOut } from '#domain/auth/signOut.ts';
import { signOutEverywhere } from '#domain/auth/signOutEverywhere.ts';
import { signUp } from '#domain/auth/signUp.ts';
import { updateProfile } from '#domain/auth/updateProfile.ts';
import { AWSDateTime } from '#subgraphs/scalars.ts';
import { AWSEmail } from './awsEmail.ts';
import type { Resolvers } from './resolvers.generated.ts';

/** Each field is its arguments handed to a use case. */
export const resolvers: Resolvers = {
  AWSDateTime,
  AWSEmail,
  Query: {
    me: (_parent, _args, { auth, viewer }) => readOwnProfile(auth, viewer),
    sessions: async (_parent, _args, { auth, viewer }) => [...(await listSessions(auth, viewer))],
  },
  Mutation: {
    signUp: (_parent, { input }, { auth, client, claimCredentialOperation }) => {
      claimCredentialOperation();
      return signUp(auth, input, client);
    },
    signIn: (_parent, { input }, { auth, client, claimCredentialOperation }) => {
      claimCredentialOperation();
      return signIn(auth, input, client);
    },
    refreshSession: (_parent, { refreshToken }, { auth, claimCredentialOperation }) => {
      claimCredentialOperation();
      return refreshSession(auth, refreshToken);
    },
    changePassword: (_parent, input, { auth, viewer, client, claimCredentialOperation }) => {
      claimCredentialOperation();
      return changePassword(auth, viewer, input, client);
    },
    signOut: (_parent, _args, { auth, viewer }) => signOut(auth, viewer),
    signOutEverywhere: (_parent, _args, { auth, viewer }) => signOutEverywhere(auth, viewer),
    revokeSession: (_parent, { id }, { auth, viewer }) => revokeSession(auth, viewer, id),
    updateProfile: (_parent, { displayName }, { auth, viewer }) =>
      updateProfile(auth, viewer, displayName),
  },
  User: {
    __resolveReference: ({ id }, { profiles }) => profiles.load(id),
  },
};
