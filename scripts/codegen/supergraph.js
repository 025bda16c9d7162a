import { composeSupergraph } from './compose.js';

/** graphql-codegen plugin: the supergraph, composed at build time so that the gateway starts without composition. */
export const plugin = () => composeSupergraph();
