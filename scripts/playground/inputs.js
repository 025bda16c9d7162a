import { hashInputs } from '#scripts/hashInputs.js';

const FOLDERS = ['client', 'web/playground', 'scripts/playground'];
// The lock stands for every package in the bundle, and for esbuild.
const FILES = ['package-lock.json', 'scripts/build-playground.js'];

/** A short name for everything that goes into the playground of the project at `root`. */
export function inputsKey(root) {
  return hashInputs({ root, folders: FOLDERS, files: FILES });
}
