/**
 * The yardstick: Fastify that parses the form, checks the signature with Twilio's own library, and answers. It stores
 * nothing. (With the product's parser and check in its place the figure is the same within the noise.)
 */
import Fastify from 'fastify';
import twilio from 'twilio';

const [publicUrl, token] = process.argv.slice(2);
const app = Fastify({ logger: false });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, Object.fromEntries(new URLSearchParams(body))),
);
app.post('/webhooks/twilio/:kind', async (request, reply) => {
  const signature = request.headers['x-twilio-signature'] ?? '';
  const valid = twilio.validateRequest(token, signature, publicUrl + request.raw.url, request.body);
  return reply.code(valid ? 204 : 403).send();
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: app.server.address().port });
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
