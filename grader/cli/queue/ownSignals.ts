/** Two requests to end: the first finishes what is under way, the second ends it at once. */
export function ownSignals(): { readonly stopping: AbortSignal; readonly abandoning: AbortSignal } {
  const [stop, abandon] = [new AbortController(), new AbortController()];
  const hear = () => (stop.signal.aborted ? abandon : stop).abort();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, hear);
  return { stopping: stop.signal, abandoning: abandon.signal };
}
