/**
 * What is published: watchers get of it what they select, so it holds everything that is the same
 * for all of them. AppSync sends what the mutation selects, and nothing else:
 * https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html
 */
export const PUBLISH = `mutation PublishMemoChanges($batch: MemoChangesInput!) {
  publishMemoChanges(batch: $batch) {
    padId from to caughtUp reset
    changes {
      seq kind memoId padId version truncated
      pad { ...PublishedPad }
      memo {
        id title body excerpt taskCount doneTaskCount tags color pinned state trashedAt version createdAt updatedAt
        tasks { index text done }
        pad { ...PublishedPad }
        author { ...PublishedUser }
        lastEditor { ...PublishedUser }
      }
    }
  }
}
fragment PublishedPad on Pad { id name createdAt }
fragment PublishedUser on User { id displayName createdAt }`;

/** Ends the subscriptions of those who are no longer members. */
export const END_WATCHING = `mutation EndMemoChanges($padId: ID!, $userIds: [ID!]!) {
  endMemoChanges(padId: $padId, userIds: $userIds)
}`;
