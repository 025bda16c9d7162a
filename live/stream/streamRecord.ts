import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Image = Readonly<Record<string, AttributeValue>>;

/**
 * One record of the memo table's stream, as Lambda gives it, values in DynamoDB's own form.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export interface StreamRecord {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | {
        readonly Keys?: Image | undefined;
        readonly NewImage?: Image | undefined;
        readonly OldImage?: Image | undefined;
        /** Digits. They sort as the records of a partition do once they have one length. */
        readonly SequenceNumber?: string | undefined;
      }
    | undefined;
}

/** What Lambda hands a consumer of the stream. */
export interface StreamEvent {
  readonly Records: readonly StreamRecord[];
}

/** Everything from the lowest of these sequence numbers on is handed over again. */
export interface StreamAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}
