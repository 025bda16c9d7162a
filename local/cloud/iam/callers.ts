import { randomBytes as systemRandomBytes } from 'node:crypto';
import { compileStatement, type Statement } from './policy.ts';

/** Who calls, and what its policies say. */
export interface Caller extends Credentials {
  /** `arn:aws:sts::000000000000:assumed-role/<role>/<function>`. */
  readonly principal: string;
  readonly statements: readonly Statement[];
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Empty for a user's own, which last. */
  readonly sessionToken: string;
}

export interface NewCaller {
  readonly principal: string;
  readonly statements: readonly Statement[];
}

export interface Callers {
  /** @returns the credentials it signs with. @throws StartError for a statement we couldn't evaluate as AWS does */
  add(caller: NewCaller): Credentials;
  find(accessKeyId: string): Caller | undefined;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KEY_ID_LENGTH = 16;

/** Gives each caller temporary credentials, as roles have them. They end with this process. */
export function createCallers({ randomBytes = systemRandomBytes } = {}): Callers {
  const byKey = new Map<string, Caller>();
  return {
    add({ principal, statements }) {
      statements.forEach(compileStatement);
      const credentials = {
        accessKeyId: `ASIA${Array.from(randomBytes(KEY_ID_LENGTH), toBase32).join('')}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(48).toString('base64'),
      };
      byKey.set(credentials.accessKeyId, { ...credentials, principal, statements });
      return credentials;
    },
    find: (accessKeyId) => byKey.get(accessKeyId),
  };
}

const toBase32 = (byte: number): string => BASE32.charAt(byte % BASE32.length);
