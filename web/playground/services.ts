import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Credentials } from './authRequests.ts';
import type { Doors } from './doors.ts';
import type { PostGraphql } from './graphqlEndpoint.ts';
import type { Session, SessionState } from './session.ts';

/** What the panels work with. */
export interface Services {
  readonly post: PostGraphql;
  readonly session: Session;
  readonly demo: Promise<Credentials | null>;
  readonly doors: Doors;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('Expected a ServicesContext around this component, got none.');
  return services;
}

export function useSessionState(): SessionState {
  const { session } = useServices();
  return useSyncExternalStore(session.subscribe, session.state);
}
