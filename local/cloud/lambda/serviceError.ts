import { type FunctionName, functionArn } from './functionName.ts';

/** What the Lambda service itself refuses with. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
export type ServiceErrorCode =
  | 'AccessDeniedException'
  | 'InvalidParameterValueException'
  | 'InvalidRequestContentException'
  | 'RequestEntityTooLargeException'
  | 'ResourceNotFoundException'
  | 'ServiceException'
  | 'TooManyRequestsException'
  | 'ValidationException';

export const SERVICE_ERROR_STATUS: Readonly<Record<ServiceErrorCode, number>> = {
  AccessDeniedException: 403,
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  RequestEntityTooLargeException: 413,
  ResourceNotFoundException: 404,
  ServiceException: 500,
  TooManyRequestsException: 429,
  ValidationException: 400,
};

export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  /** Why too many requests are too many: `ReservedFunctionConcurrentInvocationLimitExceeded`. */
  readonly reason: string | undefined;

  constructor(code: ServiceErrorCode, message: string, reason?: string) {
    super(message);
    this.name = code;
    this.code = code;
    this.reason = reason;
  }

  static notFound(name: FunctionName): ServiceError {
    const message = `Function not found: ${functionArn({ qualifier: '$LATEST', ...name })}`;
    return new ServiceError('ResourceNotFoundException', message);
  }

  static stopped(): ServiceError {
    return new ServiceError('ServiceException', 'The functions are being stopped.');
  }

  static invalidJson(why: string): ServiceError {
    return new ServiceError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${why}`,
    );
  }
}
