import { randomBytes } from 'node:crypto';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** A trace of its own. https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export function newTrace(nowMs: number): string {
  return `Root=1-${Math.floor(nowMs / 1000).toString(16)}-${hex(12)}`;
}

/** What a function finds in `_X_AMZN_TRACE_ID`: itself as a part of the trace its caller is in. Nothing is sent to X-Ray. */
export function continueTrace(header: string): string {
  const [root = ''] = header.split(';').filter((part) => part.startsWith('Root='));
  return `${root};Parent=${hex(8)};Sampled=0`;
}
