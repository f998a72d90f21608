/**
 * The yardstick: Fastify that parses the form, checks the signature and answers. It stores nothing.
 * argv[4] `official`: with Twilio's own library, as anybody would write it. `own`: with the product's parser and check,
 * so that the difference is only what the product does beyond them.
 */
import Fastify from 'fastify';
import twilio from 'twilio';
import { parseForm, verifyTwilioSignature } from '../../dist/server/telephony/index.js';

const [publicUrl, token, check] = process.argv.slice(2);

function officialCheck(request, signature, url) {
  const params = Object.fromEntries(new URLSearchParams(request.body.toString('utf8')));
  return twilio.validateRequest(token, signature, url, params);
}

function ownCheck(request, signature, url) {
  const form = parseForm(request.body, request.headers['content-type']);
  return form.ok && verifyTwilioSignature({ url, params: form.params, signature, tokens: [token] });
}

const isValid = check === 'official' ? officialCheck : ownCheck;
const app = Fastify({ logger: false });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);
app.post('/webhooks/twilio/:kind', async (request, reply) => {
  const valid = isValid(request, request.headers['x-twilio-signature'], publicUrl + request.raw.url);
  return reply.code(valid ? 204 : 403).send();
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: app.server.address().port });
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
