import './workers.ts';
import 'graphiql/style.css';
import '@fontsource-variable/noto-sans-kr/wght.css';
import './playground.css';
import { createRoot } from 'react-dom/client';
import { appsyncEndpoint } from './appsyncEndpoint.ts';
import { createDoors } from './doors.ts';
import { createFetcher } from './fetcher.ts';
import { graphqlEndpoint } from './graphqlEndpoint.ts';
import { takeInviteSecret } from './inviteLink.ts';
import { createLiveChanges } from './liveChanges.ts';
import { Playground } from './playground.tsx';
import { secretlessStorage } from './secretlessStorage.ts';
import { loadConfig } from './serviceConfig.ts';
import { ServicesContext } from './services.ts';
import { createSession } from './session.ts';
import { throughDoors } from './throughDoors.ts';

const fetchHere: typeof fetch = (input, init) => fetch(input, init);
const config = loadConfig('/playground/config.json', fetchHere);
const doors = createDoors(config.then((told) => told.appsync));
const post = throughDoors({
  doors,
  federated: graphqlEndpoint('/graphql', fetchHere),
  appsync: config.then(({ appsync }) => appsync && appsyncEndpoint(appsync, fetchHere)),
});
const session = createSession({ post, now: Date.now });
const demo = config.then((told) => told.demo);
const subscribe = createLiveChanges({ places: config, doors, session });
const fetcher = createFetcher({ post, session, subscribe });

const page = document.getElementById('playground');
if (!page) throw new Error('Expected an element with the id “playground” in index.html, got none.');
createRoot(page).render(
  <ServicesContext value={{ post, session, demo, doors }}>
    <Playground
      fetcher={fetcher}
      storage={secretlessStorage(localStorage)}
      takeInvite={() => takeInviteSecret(window)}
    />
  </ServicesContext>,
);
