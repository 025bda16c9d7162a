import { startEngine } from '#local/engine.ts';
import { answerBench } from '#tests/bench/harness/child.ts';

/** An engine in memory, on the core of this process: what we start inherits it. */
const { endpoint } = await startEngine();
answerBench({ endpoint });
