import { parseArgs } from 'node:util';
import { type ChaosResult, runChaos } from './run.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    mutations: { type: 'string', default: '1200' },
    clients: { type: 'string', default: '50' },
    first: { type: 'string', default: '1' },
  },
});
const [seeds, mutations, clients, first] = [
  values.seeds,
  values.mutations,
  values.clients,
  values.first,
].map(Number) as [number, number, number, number];

const results: ChaosResult[] = [];
for (let seed = first; seed < first + seeds; seed += 1) {
  const result = await runChaos({ seed, mutations, clients, killsCloud: true });
  results.push(result);
  process.stdout.write(`${describe(result)}\n`);
}
const isFlawed = ({ lost, duplicates, outOfOrder, versionGaps, unlogged, resets }: ChaosResult) =>
  lost + duplicates + outOfOrder + versionGaps + unlogged + resets > 0;
process.exitCode = results.some(isFlawed) ? 1 : 0;

function describe(result: ChaosResult): string {
  const { seed, lost, duplicates, outOfOrder, versionGaps, unlogged, resets } = result;
  const { deliveries, connections, seconds, problems } = result;
  const flaws = `lost ${lost} · duplicates ${duplicates} · out of order ${outOfOrder} · version gaps ${versionGaps}`;
  const more = `unlogged ${unlogged} · resets ${resets} · problems ${problems.length}`;
  return `seed ${seed}: ${flaws} · ${more} · ${deliveries} deliveries over ${connections} connections in ${seconds.toFixed(1)} s · ${JSON.stringify(result.faults)}${problems.length ? ` ${JSON.stringify(problems[0])}` : ''}`;
}
