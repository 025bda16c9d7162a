import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';

export interface HttpAsker {
  readonly handler: HttpHandler;
  close(): void;
}

/** A server of this machine as a handler. Rejects when there is no answer. @param url without a trailing slash */
export function askOverHttp(url: string): HttpAsker {
  const agent = new Agent({ keepAlive: true });
  return {
    close: () => agent.destroy(),
    async handler({ method, path, search, headers, body }) {
      const asked = request(`${url}${path}${search}`, { method, agent, headers });
      asked.end(body);
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      return {
        status: answer.statusCode ?? 0,
        headers: answer.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      };
    },
  };
}
