// Workflows of the conformance run. They are bundled by the SDK and run in its sandbox.
export * from './activities.mjs';
export * from './basics.mjs';
export * from './relations.mjs';
export * from './runs.mjs';
