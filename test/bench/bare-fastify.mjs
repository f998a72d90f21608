/**
 * The yardstick: Fastify that parses the form and checks the signature, and answers. It stores nothing.
 * The same parser and signature check as the product's, so that the difference is what the product does beyond them.
 */
import Fastify from 'fastify';
import { parseForm, verifyTwilioSignature } from '../../dist/server/telephony/index.js';

const [publicUrl, token] = process.argv.slice(2);
const app = Fastify({ logger: false });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);
app.post('/webhooks/twilio/:kind', async (request, reply) => {
  const form = parseForm(request.body, request.headers['content-type']);
  const signature = request.headers['x-twilio-signature'];
  const url = publicUrl + request.raw.url;
  const valid = form.ok && verifyTwilioSignature({ url, params: form.params, signature, tokens: [token] });
  return reply.code(valid ? 204 : 403).send();
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: app.server.address().port });
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
