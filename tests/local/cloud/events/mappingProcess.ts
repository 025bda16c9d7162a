import { createStreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import { startMappings } from '#local/cloud/events/mappings.ts';
import { planMappings } from '#local/cloud/events/planMappings.ts';
import { openQueues } from '#local/cloud/events/sqs/queues.ts';
import { createWake } from '#local/cloud/events/wake.ts';
import { LIST_STREAMS, makeResources, READ_STREAMS, roles } from './resources.ts';

/** Started as a process to be killed: delivers one record every now and then, and prints its sort key. */
const [endpoint = '', tableName = '', folder = ''] = process.argv.slice(2);
const resources = makeResources(tableName, { BatchSize: 1 });
await startMappings(planMappings(resources, roles(READ_STREAMS, LIST_STREAMS)), {
  readers: (name) => createStreamReader({ endpoint, tableName: name }),
  functions: {
    async invoke(_name, payload) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      process.stdout.write(`${JSON.parse(payload).Records[0].dynamodb.Keys.SK.S}\n`);
      return { payload: 'null', requestId: 'none', logTail: '' };
    },
  },
  queues: openQueues([], {}),
  log: () => {},
  wake: createWake(),
  folder,
});
