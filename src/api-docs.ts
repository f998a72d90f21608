import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { productVersion } from './platform/index.js';

/** OpenAPI at /api/docs (page) and /api/docs-json. */
export function openApi(app: NestFastifyApplication): void {
  const settings = new DocumentBuilder()
    .setTitle('Tallyboard')
    .setDescription('Exact telesales KPIs. Sign in for a session cookie, or send `Authorization: Bearer <API_KEY>`.')
    .setVersion(productVersion())
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, settings));
}
