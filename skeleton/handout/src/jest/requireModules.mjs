import vm from 'node:vm';

/** Without Node's option for ES modules, Jest would fail at the first import with advice that does not help here. */
export default function requireModules() {
  if (vm.SourceTextModule) return;
  console.error('jest: run npm test instead, which starts Jest with the options that it needs here');
  process.exit(2);
}
