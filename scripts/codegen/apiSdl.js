import { buildSchema, parse, print, printSchema, stripIgnoredCharacters, visit } from 'graphql';
import { printApi } from './compose.js';

/** graphql-codegen plugin: the plain API as a short string, without descriptions, to check documents against. */
export const plugin = () => {
  const document = visit(parse(printSchema(buildSchema(printApi()))), {
    enter: ({ description, ...node }) => (description ? node : undefined),
  });
  return `export const apiSdl = ${JSON.stringify(stripIgnoredCharacters(print(document)))};`;
};
