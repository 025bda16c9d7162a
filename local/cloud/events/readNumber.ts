import { nameOf, type Resource } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';

export interface Range {
  /** When the template says nothing. */
  readonly otherwise: number;
  readonly least: number;
  readonly most: number;
}

/** A whole number of a resource's properties; CloudFormation takes texts for it too. @throws StartError when it is out of range */
export function readNumber(
  resource: Resource,
  property: string,
  { otherwise, least, most }: Range,
): number {
  const given = resource.properties[property];
  const value = Number(given ?? otherwise);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new StartError(
    `${nameOf(resource)}: expected ${property} to be a whole number from ${least} to ${most}, got ${JSON.stringify(given)}.`,
  );
}
