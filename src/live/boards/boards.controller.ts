import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentPrincipal, type Principal } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import { BoardCreateSchema, BoardUpdateSchema } from '../../shared/board-schema.js';
import type { BoardList, BoardView, WatchList } from '../../shared/boards.js';
import { BoardsService } from './boards.service.js';
import { readBoardCreate, readBoardUpdate } from './check-definition.js';

/** The rules of the body, for the description of the API. */
const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) as Record<string, unknown>;

@ApiTags('boards')
@ApiBearerAuth()
@Controller('api/v1/boards')
export class BoardsController {
  constructor(@Inject(BoardsService) private readonly boards: BoardsService) {}

  @Get()
  @Access('boards:read')
  @ApiOperation({ summary: 'Boards, as far as one may watch them' })
  async list(@CurrentPrincipal() principal: Principal | null): Promise<BoardList> {
    return { boards: await this.boards.list(known(principal)) };
  }

  @Get('watch')
  @Access('signed-in')
  @ApiOperation({ summary: 'Names of the boards one may watch' })
  watchable(@CurrentPrincipal() principal: Principal | null): WatchList {
    return this.boards.watchable(known(principal));
  }

  @Get(':id')
  @Access('boards:read')
  @ApiOperation({ summary: 'A board with its layout' })
  get(@Param('id') id: string, @CurrentPrincipal() principal: Principal | null): Promise<BoardView> {
    return this.boards.get(id, known(principal));
  }

  @Post()
  @HttpCode(201)
  @Access('boards:write')
  @ApiOperation({ summary: 'Make a board' })
  @ApiBody({ schema: schemaOf(BoardCreateSchema) })
  create(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<BoardView> {
    return this.boards.create(readBoardCreate(body), actor);
  }

  @Put(':id')
  @Access('boards:write')
  @ApiOperation({ summary: 'Arrange a board anew', description: 'Screens that show it change at once.' })
  @ApiBody({ schema: schemaOf(BoardUpdateSchema) })
  update(@Param('id') id: string, @Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<BoardView> {
    return this.boards.update(id, readBoardUpdate(id, body), actor);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('boards:write')
  @ApiOperation({ summary: 'Delete a board no screen shows' })
  @ApiQuery({ name: 'revision', schema: { type: 'integer', minimum: 1 } })
  remove(
    @Param('id') id: string,
    @Query('revision') revision: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    if (typeof revision !== 'string' || !/^[1-9]\d{0,8}$/.test(revision)) {
      throw new AppError('board_invalid', {
        field: 'revision',
        params: { field: 'revision', reason: 'send the revision the board has' },
      });
    }
    return this.boards.remove(id, Number(revision), actor);
  }
}

/** The guard lets nobody in whom it does not know. */
function known(principal: Principal | null): Principal {
  if (principal === null) throw new AppError('unauthenticated');
  return principal;
}
