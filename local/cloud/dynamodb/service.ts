import type { AwsAnswer, AwsService } from '#local/cloud/endpoint.ts';
import { authorize } from '#local/cloud/iam/authorize.ts';
import { createIndexReadCheck } from './checkIndexRead.ts';
import { describeFault, type Faults } from './faults.ts';
import { toAwsArns } from './localArns.ts';
import type { LocalTable } from './localTable.ts';
import { describeOperation } from './operations.ts';
import type { WireAnswer } from './wireAnswer.ts';
import type { WireClient } from './wireClient.ts';

export interface DynamoDbServiceOptions {
  readonly engine: Pick<WireClient, 'send'>;
  /** Whose indexes aren't asked for more than they hold. */
  readonly tables?: readonly LocalTable[] | undefined;
  /** Hears of every write the engine has accepted, so that nobody has to poll an idle stream. */
  readonly onWrite?: ((tableName: string) => void) | undefined;
  readonly faults?: Partial<Faults> | undefined;
}

/** Another version's, or the streams', stays in an operation's name, and no operation is called so. */
const TARGET = /^DynamoDB_20120810\./;
/** These describe tables, the others hold what callers have written: it may have an ARN in it that is none of ours. */
const DESCRIBING = new Set(['DescribeTable']);
const PASSED_ON = ['content-type', 'x-amzn-requestid'];

/** DynamoDB in front of the engine: asks what the caller may do, then passes bodies on as they are, in both directions. */
export function createDynamoDbService(options: DynamoDbServiceOptions): AwsService {
  const { engine, tables = [], onWrite, faults } = options;
  const checkIndexRead = createIndexReadCheck(tables);
  return {
    signingName: 'dynamodb',
    accepts: ({ headers }) => headers['x-amz-target']?.startsWith('DynamoDB') ?? false,
    async handle({ headers, body }, caller) {
      const target = headers['x-amz-target'] ?? '';
      const operation = describeOperation(target.replace(TARGET, ''), body);
      for (const { action, resource } of operation.access) authorize(caller, action, resource);
      checkIndexRead(operation.indexRead);
      const fault = faults?.beforeForward?.(operation.name, operation.writesTo);
      if (fault) throw describeFault(fault, operation);
      const answer = await engine.send(target, body);
      const written = answer.status === 200 ? operation.writesTo : [];
      for (const tableName of written) onWrite?.(tableName);
      return DESCRIBING.has(operation.name) ? toDescription(answer) : toAnswer(answer);
    },
  };
}

function toAnswer({ status, headers, body }: WireAnswer): AwsAnswer {
  const passedOn = [...PASSED_ON, 'x-amz-crc32'].flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]]],
  );
  return { status, headers: Object.fromEntries(passedOn), body };
}

/** The checksum wouldn't hold any more. */
function toDescription(answer: WireAnswer): AwsAnswer {
  const { status, headers, body } = toAnswer(answer);
  const { 'x-amz-crc32': _checksum, ...rest } = headers;
  return { status, headers: rest, body: toAwsArns(body.toString()) };
}
