// Stands in for @opentelemetry/api and for @apollo/gateway's own file around it: spans that nobody
// exports, and metrics for Apollo that gateway/telemetry.ts turns off.

const span = {
  setAttributes() {},
  setStatus() {},
  recordException() {},
  end() {},
};

export const tracer = {
  /** Called with a name, perhaps options, and what to do inside of the span. */
  startActiveSpan: (...args) => args.at(-1)(span),
};

export const SpanStatusCode = { UNSET: 0, OK: 1, ERROR: 2 };
export const OpenTelemetrySpanNames = {};
export const OpenTelemetryAttributeNames = {};

const NONE = {};
export const requestContextSpanAttributes = () => NONE;
export const operationContextSpanAttributes = () => NONE;
export const recordExceptions = () => {};

export function createDataCollectionExporter() {
  throw new Error('Expected APOLLO_TELEMETRY_DISABLED to be true: this bundle has no exporter.');
}
