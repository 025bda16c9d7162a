import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamReader } from './dynamodb/streamReader.ts';
import type { AwsService } from './endpoint.ts';
import type { LambdaFunctions } from './lambda/functions.ts';
import type { SocketFaults } from './webSocketApi/faults.ts';

/** What takes time on AWS that takes none here. */
export type Distance =
  /** A request to a service, by its name in signatures. */
  | 'dynamodb'
  | 'kms'
  | 'lambda'
  | 'sqs'
  /** From an API or a mapping to its function. */
  | 'invocation'
  /** From a write until a mapping sees it. */
  | 'stream'
  | 'message'
  | 'post';

/** At least and at most, milliseconds. */
export type Timing = Readonly<Record<Distance, readonly [least: number, most: number]>>;

/**
 * What `--aws-timing` adds: assumed, what people measure within a region, warm. Cold starts aren't among
 * them: they are as long as this machine makes them. Lambda asks a stream four times a second.
 */
export const AWS_TIMING: Timing = {
  dynamodb: [3, 8],
  kms: [4, 12],
  lambda: [5, 15],
  sqs: [5, 20],
  invocation: [5, 15],
  stream: [50, 300],
  message: [5, 20],
  post: [8, 30],
};

/** Makes the parts of a cloud as slow as AWS. */
export interface Slowness {
  service(service: AwsService): AwsService;
  functions(functions: LambdaFunctions): LambdaFunctions;
  reader(reader: StreamReader): StreamReader;
  socket(faults: SocketFaults): SocketFaults;
}

export function createSlowness(timing: Timing, random: () => number = Math.random): Slowness {
  const msOf = (distance: Distance): number => {
    const [least, most] = timing[distance];
    return least + random() * (most - least);
  };
  const go = (distance: Distance): Promise<void> =>
    sleep(msOf(distance), undefined, { ref: false });
  return {
    service: (service) => ({
      ...service,
      async handle(request, caller) {
        if (service.signingName in timing) await go(service.signingName as Distance);
        return service.handle(request, caller);
      },
    }),
    functions: (functions) => ({
      ...functions,
      async invoke(...call) {
        await go('invocation');
        return functions.invoke(...call);
      },
    }),
    reader: (reader) => ({
      ...reader,
      async read(after) {
        await go('stream');
        return reader.read(after);
      },
    }),
    socket: (faults) => ({
      ...faults,
      delayOfMessage: () => msOf('message') + (faults.delayOfMessage?.() ?? 0),
      delayOfPost: () => msOf('post') + (faults.delayOfPost?.() ?? 0),
    }),
  };
}
