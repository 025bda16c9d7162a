import type { Send } from '#local/appsync/dataSources/dynamoDb/send.ts';
import type { Units } from './meterClient.ts';

export interface Meters {
  /** What DynamoDB is asked for through the API while an action runs: `['GetItem', 'Query']`. */
  callsOf(action: () => Promise<unknown>): Promise<string[]>;
  /** What DynamoDB says that an action has consumed through the API. */
  measure(action: () => Promise<unknown>): Promise<Units>;
}

/** What DynamoDB was asked for. */
export interface Call {
  readonly operation: string;
  readonly units: number;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

/** Notes what DynamoDB is asked for. */
export function meter(send: Send, calls: Call[]): Send {
  return async (operation, input) => {
    const answer = await send(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' });
    const consumed = [answer.ConsumedCapacity ?? []].flat() as { CapacityUnits?: number }[];
    const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    calls.push({ operation, units });
    return answer;
  };
}

/** @param calls what `meter` has noted */
export function makeMeters(calls: Call[]): Meters {
  const record = async (action: () => Promise<unknown>): Promise<Call[]> => {
    calls.length = 0;
    await action();
    return calls.splice(0);
  };
  return {
    callsOf: async (action) => (await record(action)).map(({ operation }) => operation),
    async measure(action) {
      const units: Units = { read: 0, write: 0 };
      for (const call of await record(action)) {
        units[READS.has(call.operation) ? 'read' : 'write'] += call.units;
      }
      return units;
    },
  };
}
