import { NO_FAULTS } from '#local/cloud/faults.ts';
import { type ChaosOptions, type ChaosResult, runChaos } from './run.ts';

/** A run whose outcome shows that the others could have failed. */
export interface Proof {
  readonly what: string;
  readonly options: ChaosOptions;
  /** What must be found, in so many words, or undefined when it wasn't. */
  readonly isRight: (result: ChaosResult) => boolean;
}

const HAND_OFF = {
  seed: 7,
  mutations: 160,
  clients: 6,
  pads: 1,
  breakEveryMs: 500,
  restMs: 600,
  mix: NO_FAULTS,
};
/** So many clients that hardly ever all of them are told the last change at once: 0.7 ** 30. */
const LOST_POSTS = {
  ...{ seed: 7, mutations: 60, clients: 30, pads: 2, breakEveryMs: 0, settleMs: 15_000 },
  ...{ mix: { ...NO_FAULTS, postLost: 0.3 }, faultsToTheEnd: true },
};

export const PROOFS: readonly Proof[] = [
  {
    what: 'a slow hand-off leaves no hole',
    options: { ...HAND_OFF, handOff: 'CHECKED' },
    isRight: ({ holes, lost }) => holes === 0 && lost === 0,
  },
  {
    what: 'without the ConditionCheck it does',
    options: { ...HAND_OFF, handOff: 'UNCHECKED' },
    isRight: ({ holes }) => holes > 0,
  },
  {
    what: 'a third of all posts lost, and nothing lost',
    options: { ...LOST_POSTS, settleMs: 60_000 },
    isRight: ({ lost }) => lost === 0,
  },
  {
    what: 'without the comparison of heads changes are lost',
    options: { ...LOST_POSTS, comparesHeads: false },
    isRight: ({ lost }) => lost > 0,
  },
  {
    what: 'a third of AppSync’s messages lost, and nothing lost',
    options: { ...LOST_POSTS, door: 'appsync', settleMs: 60_000 },
    isRight: ({ lost }) => lost === 0,
  },
  {
    what: 'without asking the log after silence changes are lost',
    options: { ...LOST_POSTS, door: 'appsync', comparesHeads: false },
    isRight: ({ lost }) => lost > 0,
  },
];

/** Runs one, and says what came of it. */
export async function prove({
  what,
  options,
  isRight,
}: Proof): Promise<{ isRight: boolean; line: string }> {
  const result = await runChaos(options);
  const right = isRight(result);
  return {
    isRight: right,
    line: `${right ? 'proved' : 'NOT proved'}: ${what} (holes ${result.holes}, lost ${result.lost})`,
  };
}
