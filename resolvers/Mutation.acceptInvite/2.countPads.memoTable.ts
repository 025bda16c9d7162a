export { request, response } from '#resolvers/shared/pads/countPadsOfGuest.ts';
