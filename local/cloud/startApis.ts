import type { Cleanup } from '#local/cleanup.ts';
import type { CloudOptions } from './cloud.ts';
import { startHttpApi } from './httpApi/server.ts';
import type { Callers } from './iam/callers.ts';
import { createSignatureVerifier } from './iam/signature.ts';
import type { LambdaFunctions } from './lambda/functions.ts';
import { planHttpApis } from './plan/httpApis.ts';
import { planWebSocketApis } from './plan/webSocketApis.ts';
import type { Resource, ResourceName } from './template/template.ts';
import type { SocketFaults } from './webSocketApi/faults.ts';
import { startWebSocketApi } from './webSocketApi/server.ts';

interface Starting {
  readonly functions: LambdaFunctions;
  readonly callers: Pick<Callers, 'find'>;
  readonly socketFaults: SocketFaults | undefined;
  readonly options: CloudOptions;
  readonly cleanup: Cleanup;
}

/** The APIs of the templates, each on a port of its own. */
export async function startApis(
  resources: readonly Resource[],
  { functions, callers, socketFaults, options, cleanup }: Starting,
): Promise<void> {
  const { portOf, heldPortOf, extraOf, onLog, limits, clock } = options;
  const invoke: LambdaFunctions['invoke'] = (functionArn, event) =>
    functions.invoke(functionArn, event);
  const accessLogOf =
    ({ stack, id }: ResourceName) =>
    (line: string): void =>
      onLog(`${stack}-${id}`, line);
  for (const { name, definition } of planHttpApis(resources)) {
    const api = await startHttpApi(definition, {
      port: portOf(name),
      held: heldPortOf?.(name),
      invoke,
      accessLog: accessLogOf(name),
      extra: extraOf?.(name),
      refusesForeignPages: true,
      clock,
    });
    cleanup.add(api.close);
  }
  for (const { name, definition } of planWebSocketApis(resources)) {
    const api = await startWebSocketApi(definition, {
      port: portOf(name),
      held: heldPortOf?.(name),
      invoke,
      verify: createSignatureVerifier({ callers, clock }),
      accessLog: accessLogOf(name),
      faults: socketFaults,
      limits,
      clock,
    });
    cleanup.add(api.close);
  }
}
