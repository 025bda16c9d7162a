import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Log } from '#domain/log.ts';
import { LOCAL_TABLES } from './database.ts';
import { sweepExpired } from './sweepExpired.ts';

const EVERY_MS = 60 * 60 * 1000;

/** Sweeps every table now and once an hour, in the background. @returns what ends that, after the running sweep. */
export function keepSwept(dynamoDb: DynamoDBClient, log: Log): () => Promise<void> {
  const sweep = async (): Promise<void> => {
    try {
      for (const table of LOCAL_TABLES) {
        const deleted = await sweepExpired({ dynamoDb, ...table });
        if (deleted > 0) log({ level: 'info', message: 'expired rows deleted', deleted });
      }
    } catch (error) {
      log({ level: 'warn', message: 'sweep failed', error: String(error) });
    }
  };
  let running = sweep();
  const timer = setInterval(() => {
    running = sweep();
  }, EVERY_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
