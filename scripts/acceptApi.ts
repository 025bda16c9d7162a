import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { findClientBreaks } from './apiChanges.ts';

const CURRENT = 'schema/generated/api.graphql';
const PUBLISHED = 'schema/published/api.graphql';

/** Makes the API of today the one that later changes are compared with, and lists what that breaks. */
function acceptApi(): void {
  const current = readFileSync(CURRENT, 'utf8');
  const published = readFileSync(PUBLISHED, 'utf8');
  const breaks = findClientBreaks(buildSchema(published), buildSchema(current));
  writeFileSync(PUBLISHED, current);
  for (const change of breaks) console.log(`breaks clients: ${change}`);
  console.log(
    current === published
      ? `${PUBLISHED} is as it was.`
      : `${PUBLISHED} is now ${CURRENT}, with ${breaks.length} breaking changes. Commit it.`,
  );
}

acceptApi();
