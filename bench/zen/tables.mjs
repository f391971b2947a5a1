// The 50-row table of the suite "tables" on GoRules' Zen engine, evaluated one at a time. Prints {"version", "perSecond", "checked"}.
import { createRequire } from 'node:module';
import { ZenEngine } from '@gorules/zen-engine';

const regions = ['EMEA', 'AMER', 'APAC', 'LATAM', 'DACH'];
const rules = [];
for (let band = 0; band < 10; band++) {
  regions.forEach((region, i) => rules.push({
    _id: `r${band}-${region}`,
    points: `[${band * 10}..${band * 10 + 10})`,
    region: `"${region}"`,
    years: '>= 0',
    discount: `${band * 5 + i}`,
  }));
}

const model = {
  nodes: [
    { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
    {
      id: 'table', name: 'table', type: 'decisionTableNode', position: { x: 1, y: 0 },
      content: {
        hitPolicy: 'first',
        inputs: ['points', 'region', 'years'].map((field) => ({ id: field, name: field, field })),
        outputs: [{ id: 'discount', name: 'discount', field: 'discount' }],
        rules,
      },
    },
    { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
    { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
  ],
};

const engine = new ZenEngine();
const decision = engine.createDecision(Buffer.from(JSON.stringify(model)));
const facts = Array.from({ length: 64 }, (_, i) => ({ points: (i * 37) % 100, region: regions[i % 5], years: i % 7 }));
let checked = 0;
for (const fact of facts) {
  const { result } = await decision.evaluate(fact);
  const expected = Math.floor(fact.points / 10) * 5 + regions.indexOf(fact.region);
  if (Number(result.discount) !== expected) throw new Error(`${JSON.stringify(fact)}: ${JSON.stringify(result)}, expected ${expected}`);
  checked++;
}

let best = 0;
for (let batch = 0; batch < 5; batch++) {
  const start = process.hrtime.bigint();
  let done = 0;
  while (process.hrtime.bigint() - start < 400_000_000n) {
    for (let i = 0; i < 64; i++) await decision.evaluate(facts[i]);
    done += 64;
  }
  best = Math.max(best, done / (Number(process.hrtime.bigint() - start) / 1e9));
}

const { version } = createRequire(import.meta.url)('@gorules/zen-engine/package.json');
console.log(JSON.stringify({ version, perSecond: Math.round(best), checked }));
