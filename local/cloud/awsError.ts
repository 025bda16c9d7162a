/**
 * A refusal in AWS's own words. The endpoint writes it as the service's protocol does.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export class AwsError extends Error {
  /** Without a namespace: `AccessDeniedException`. */
  readonly type: string;
  /** Other members of the answer beside the type and the message. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.details = details;
  }
}
