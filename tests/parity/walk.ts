import type { DeployedDoors } from '#tests/contract/deployedDoor.ts';
import type { DoorKind } from '#tests/contract/door.ts';
import { createNames } from '#tests/twins/names.ts';
import type { MeteredEngine, Units } from './meteredEngine.ts';
import { createScene, type Scene, type Step, TOUR } from './tour.ts';

export const KINDS = ['federated', 'appsync'] as const satisfies readonly DoorKind[];

/** What one operation was answered and what it consumed, at each door. */
export interface Visit {
  readonly operation: string;
  readonly about: string;
  readonly units: Readonly<Record<DoorKind, Units>>;
  readonly answers: Readonly<Record<DoorKind, unknown>>;
  /** Whether the answers differ in nothing but names, and tell of no error. */
  readonly same: boolean;
}

/** Goes once through every operation, at both doors. */
export async function walkTour(
  { doors }: DeployedDoors,
  engine: Pick<MeteredEngine, 'measure'>,
): Promise<Visit[]> {
  const scenes = {
    federated: await createScene(doors.federated, 'federated'),
    appsync: await createScene(doors.appsync, 'appsync'),
  };
  const names = { federated: createNames([]), appsync: createNames([]) };
  const visits: Visit[] = [];
  for (const step of TOUR) {
    const federated = await visit(step, scenes.federated, engine);
    const appsync = await visit(step, scenes.appsync, engine);
    const answers = {
      federated: names.federated.of(federated.told),
      appsync: names.appsync.of(appsync.told),
    };
    const isGood = federated.told.errors.length === 0;
    visits.push({
      operation: step.operation,
      about: step.about ?? '',
      units: { federated: federated.units, appsync: appsync.units },
      answers,
      same: isGood && JSON.stringify(answers.federated) === JSON.stringify(answers.appsync),
    });
  }
  return visits;
}

async function visit(step: Step, scene: Scene, engine: Pick<MeteredEngine, 'measure'>) {
  await step.prepare?.(scene);
  let told: { readonly data: unknown; readonly errors: readonly unknown[] } = {
    ...{ data: null, errors: [] },
  };
  const units = await engine.measure(async () => {
    const { data, errors } = await step.run(scene);
    told = { data, errors };
  });
  return { told, units };
}
