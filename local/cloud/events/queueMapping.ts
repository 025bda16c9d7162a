import type { Role } from '#local/cloud/plan/roles.ts';
import type { ResourceName } from '#local/cloud/template/template.ts';

/** An event source mapping of a queue, as Lambda has it. */
export interface QueueMappingDefinition {
  readonly name: ResourceName;
  /** A disabled one leaves messages in their queue. */
  readonly isEnabled: boolean;
  readonly queueArn: string;
  readonly functionArn: string;
  readonly functionTimeoutSeconds: number;
  /** The function's: the mapping acts in its name. */
  readonly role: Role;
  /** Messages in one invocation at most. */
  readonly batchSize: number;
  /** Whether the function's answer says which messages failed: ReportBatchItemFailures. */
  readonly reportsFailures: boolean;
}
