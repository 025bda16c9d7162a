import { composeSupergraph, readSubgraph, SUBGRAPHS } from './compose.js';

/** graphql-codegen plugin: the schema texts as strings, so that a bundle needs no file beside it. */
export const plugin = () => {
  const texts = Object.keys(SUBGRAPHS).map((name) => [`${name}Sdl`, readSubgraph(name)]);
  texts.push(['supergraphSdl', composeSupergraph()]);
  return texts
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};`)
    .join('\n\n');
};
