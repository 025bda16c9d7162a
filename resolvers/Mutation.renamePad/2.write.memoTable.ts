export { request, response } from '#resolvers/shared/pads/renamePad.ts';
