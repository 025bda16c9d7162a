import { startAuthService } from './start.ts';

/** The Lambda function that the gateway calls. */
export const { subgraph: handler } = await startAuthService();
