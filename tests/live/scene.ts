import { afterAll, beforeAll } from '@jest/globals';
import { type Engine, startEngine } from '#local/engine.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { CHEAP } from '#tests/domain/auth/useAuth.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/localCredentials.ts';
import { type LiveScene, openLiveScene } from './openScene.ts';

/** A scene for the tests of one file. */
export function useLiveScene(): LiveScene {
  const scene = {} as LiveScene;
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
    const { endpoint } = engine;
    const credentials = LOCAL_CREDENTIALS;
    const dynamoDb = createDynamoDb({ endpoint, region: 'local', credentials });
    await openLiveScene({ dynamoDb, passwordCost: CHEAP }, scene);
  });
  afterAll(async () => {
    await scene.memopad.stop();
    await engine.stop();
  });
  return scene;
}
