import { createServer } from 'node:http';
import type { Registry } from 'prom-client';
import { UsageError } from '../../model/errors.ts';

/**
 * Serves metrics as Prometheus reads them, at `/metrics`.
 *
 * @returns ends it
 * @throws UsageError if the port is taken
 */
export async function serveMetrics(registry: Registry, port: number, host: string | undefined): Promise<() => void> {
  const server = createServer((request, response) => {
    // Prometheus can be configured to send parameters.
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ message }) => reject(new UsageError(`--metrics-port ${port}: ${message}`)));
    server.listen({ port, host }, resolve);
  });
  server.unref();
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
