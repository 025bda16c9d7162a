import type { LoggedChange } from '#domain/memo/changeLog.ts';
import type { Dice } from './dice.ts';

export type Receive = (changes: readonly LoggedChange[]) => void;

/** The management API of a WebSocket API, with what goes wrong there. */
export interface Sockets {
  open(connectionId: string, receive: Receive, close: () => void): void;
  drop(connectionId: string): void;
  /** Posts in order, tries again, and gives up the connection, never the data. False when nobody is there any more. */
  deliver(connectionId: string, changes: readonly LoggedChange[]): Promise<boolean>;
}

interface Socket {
  readonly receive: Receive;
  readonly close: () => void;
}

const TRIES = 3;

export function createSockets(dice: Dice): Sockets {
  const open = new Map<string, Socket>();
  /** @throws when the API says so, whatever became of the message */
  const post = async (connectionId: string, changes: readonly LoggedChange[]): Promise<boolean> => {
    await dice.linger(3);
    const socket = open.get(connectionId);
    if (!socket) return false;
    if (dice.hits(0.03)) throw new Error('429');
    // Taken, and lost: the socket died under it.
    if (dice.hits(0.01)) return true;
    socket.receive(changes);
    if (dice.hits(0.03)) throw new Error('no answer, though it was delivered');
    return true;
  };
  const drop = (connectionId: string): void => {
    const socket = open.get(connectionId);
    open.delete(connectionId);
    socket?.close();
  };
  return {
    open: (connectionId, receive, close) => void open.set(connectionId, { receive, close }),
    drop,
    async deliver(connectionId, changes) {
      for (let count = 1; count <= TRIES; count += 1) {
        try {
          return await post(connectionId, changes);
        } catch {
          await dice.linger(3);
        }
      }
      drop(connectionId);
      return false;
    },
  };
}
