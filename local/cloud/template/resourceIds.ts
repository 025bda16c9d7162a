import { createHash } from 'node:crypto';
import type { ResourceName } from './template.ts';

/** Physical ids are derived from the resource's place, so that they are the same at every start. */
export const digest = ({ stack, id }: ResourceName): string =>
  createHash('sha256').update(`${stack}/${id}`).digest('hex');

/** Ten lower-case letters and digits: what an HTTP API's id is made of. */
export const shortId = (resource: ResourceName): string => base36(resource, 16, 10);

/** 26 of them, as AppSync has. */
export const longId = (resource: ResourceName): string => base36(resource, 40, 26);

const base36 = (resource: ResourceName, hexDigits: number, length: number): string =>
  BigInt(`0x${digest(resource).slice(0, hexDigits)}`)
    .toString(36)
    .padStart(length, '0')
    .slice(0, length);
