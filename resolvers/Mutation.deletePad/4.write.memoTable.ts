export { request, response } from '#resolvers/shared/pads/deletePad.ts';
