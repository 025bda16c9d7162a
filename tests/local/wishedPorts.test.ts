import { describe, expect, test } from '@jest/globals';
import { wishPorts } from '#local/wishedPorts.ts';

const last = { gateway: 5000, auth: 5001, socket: 5002, appsync: 5003 };
const forgetful = false;

describe('the first start', () => {
  test('takes 4000 or nothing; the other stands behind it, if it is free', () => {
    expect(wishPorts({ port: undefined, last: undefined, forgetful })).toEqual({
      gateway: { port: 4000, orFree: false },
      auth: { port: 4001, orFree: true },
      socket: { port: 4002, orFree: true },
      appsync: { port: 4003, orFree: true },
    });
  });

  test('--port N: N or nothing, the other behind it', () => {
    expect(wishPorts({ port: 7000, last: undefined, forgetful })).toEqual({
      gateway: { port: 7000, orFree: false },
      auth: { port: 7001, orFree: true },
      socket: { port: 7002, orFree: true },
      appsync: { port: 7003, orFree: true },
    });
  });

  test('--port 0: free ones', () => {
    const any = { port: 0, orFree: true };
    expect(wishPorts({ port: 0, last: undefined, forgetful })).toEqual({
      gateway: any,
      auth: any,
      socket: any,
      appsync: any,
    });
  });

  test('--port 65535: nobody gets a port that does not exist', () => {
    const { auth } = wishPorts({ port: 65_535, last: undefined, forgetful });
    expect(auth.port).toBe(0);
  });
});

describe('a later start', () => {
  test('takes the same ports, and has no other one for the issuer', () => {
    expect(wishPorts({ port: undefined, last, forgetful })).toEqual({
      gateway: { port: 5000, orFree: false },
      auth: { port: 5001, orFree: false },
      socket: { port: 5002, orFree: false },
      appsync: { port: 5003, orFree: false },
    });
  });

  test('a data folder from before there were a socket and the AppSync door gets them behind the others', () => {
    const { socket, appsync } = wishPorts({
      port: undefined,
      last: { gateway: 5000, auth: 5001 },
      forgetful,
    });
    expect(socket).toEqual({ port: 5002, orFree: true });
    expect(appsync).toEqual({ port: 5003, orFree: true });
  });

  test('--port N moves the gateway, never the issuer', () => {
    const { gateway, auth } = wishPorts({ port: 7000, last, forgetful });
    expect(gateway).toEqual({ port: 7000, orFree: false });
    expect(auth).toEqual({ port: 5001, orFree: false });
  });

  test('--port 0 takes any gateway port when the last one is taken, never another issuer', () => {
    const { gateway, auth } = wishPorts({ port: 0, last, forgetful });
    expect(gateway).toEqual({ port: 5000, orFree: true });
    expect(auth).toEqual({ port: 5001, orFree: false });
  });

  test('--memory has no tokens to keep good', () => {
    const { auth } = wishPorts({ port: undefined, last, forgetful: true });
    expect(auth).toEqual({ port: 5001, orFree: true });
  });
});
