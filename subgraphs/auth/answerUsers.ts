import type {
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
} from '#domain/viewer/subgraphRequest.ts';
import type { UserAnswer, UserQuestion } from '#domain/viewer/userQuestion.ts';

/** What the auth function is invoked with: a request, or a batch of questions of the AppSync door. */
export type AuthEvent = SubgraphRequest | readonly UserQuestion[];

/** The auth function: one request at a time, or the answers to many questions in their order. */
export function createAuthFunction(
  subgraph: Subgraph,
): (event: AuthEvent) => Promise<SubgraphResponse | readonly UserAnswer[]> {
  return (event) => (isBatch(event) ? answerUsers(subgraph, event) : subgraph(event));
}

function isBatch(event: AuthEvent): event is readonly UserQuestion[] {
  return Array.isArray(event);
}

/** What a user shows depends on who asks: one run for each authorization. */
async function answerUsers(
  subgraph: Subgraph,
  questions: readonly UserQuestion[],
): Promise<readonly UserAnswer[]> {
  const askers = [...new Set(questions.map(({ authorization }) => authorization))];
  const runs = askers.map(async (asker) => {
    const asked = questions.filter(({ authorization }) => authorization === asker);
    return askTogether(subgraph, asked);
  });
  const answers = new Map((await Promise.all(runs)).flat());
  return questions.map((question) => answers.get(question) ?? {});
}

const DOCUMENT = `query ($users: [_Any!]!) {
  _entities(representations: $users) { ... on User { id displayName email createdAt } }
}`;

/** Questions of one asker. */
async function askTogether(
  subgraph: Subgraph,
  questions: readonly UserQuestion[],
): Promise<[UserQuestion, UserAnswer][]> {
  const [first] = questions;
  const { data, errors } = await subgraph({
    query: DOCUMENT,
    variables: { users: questions.map(({ id }) => ({ __typename: 'User', id })) },
    authorization: first?.authorization,
    client: { sourceIp: '' },
    requestId: first?.requestId ?? 'unknown',
  });
  const users = (data?._entities ?? []) as readonly unknown[];
  return questions.map((question, index) => {
    const user = users[index];
    return [question, user ? { data: { user } } : { errors: errors ?? [] }];
  });
}
