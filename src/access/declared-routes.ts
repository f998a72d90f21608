import { Inject, Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_METADATA } from './access.decorator.js';
import { type AccessLevel } from './policy.js';

/** Nest's own names of the metadata every route handler carries. */
const PATH_METADATA = 'path';
const METHOD_METADATA = 'method';

export interface DeclaredRoute {
  /** `Controller.method` */
  name: string;
  /** `GET`, `POST`, … */
  method: string;
  /** One for each address the route answers at, e.g. `/api/v1/calls/:id`. */
  paths: string[];
  level: AccessLevel | undefined;
}

/** Refuses to start while a route says nothing about who may use it. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  private readonly scanner = new MetadataScanner();

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const undeclared = this.list().filter((route) => route.level === undefined);
    if (undeclared.length === 0) return;
    const names = undeclared.map((route) => route.name).join(', ');
    throw new Error(`These routes do not say who may use them, add @Access(…): ${names}`);
  }

  list(): DeclaredRoute[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null) return [];
      const prototype: Record<string, unknown> = Object.getPrototypeOf(instance);
      return this.scanner.getAllMethodNames(prototype).flatMap((method): DeclaredRoute[] => {
        const handler = prototype[method];
        if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
        const targets = [handler as () => unknown, metatype as () => unknown];
        const level = this.reflector.getAllAndOverride<AccessLevel | undefined>(ACCESS_METADATA, targets);
        return [
          { name: `${metatype.name}.${method}`, method: methodOf(handler), paths: pathsOf(metatype, handler), level },
        ];
      });
    });
  }
}

function methodOf(handler: object): string {
  const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
  return (typeof method === 'number' ? RequestMethod[method] : undefined) ?? 'ALL';
}

function pathsOf(controller: object, handler: object): string[] {
  const paths = (target: object) => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
  return paths(controller).flatMap((prefix) =>
    paths(handler).map((path) => `/${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')),
  );
}
