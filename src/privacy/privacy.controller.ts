import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Access,
  CurrentActor,
  CurrentPrincipal,
  CurrentScope,
  idOf,
  type Principal,
  parseInput,
} from '../access/index.js';
import type { Scope } from '../shared/access.js';
import type { AuditActor } from '../shared/audit.js';
import {
  type CustomerFound,
  type CustomerView,
  ERASE_REASONS,
  type ErasurePreview,
  type ErasureResult,
  REVEAL_REASONS,
  type RevealedNumber,
} from '../shared/privacy.js';
import { CustomersService } from './customers.service.js';
import { EraseAgent } from './erase-agent.js';
import { EraseCustomer } from './erase-customer.js';

const number = z.string().min(1).max(64);
const SearchBody = z.strictObject({ number });
const RevealBody = z.strictObject({ reason: z.enum(REVEAL_REASONS) });
const EraseBody = z.strictObject({ reason: z.enum(ERASE_REASONS) });
const EraseNumberBody = z.strictObject({ number, reason: z.enum(ERASE_REASONS) });

/** Customers by their number. The number travels in bodies only: addresses are logged along the way. */
@ApiTags('customers')
@ApiBearerAuth()
@Controller('api/v1/customers')
export class CustomersController {
  constructor(
    @Inject(CustomersService) private readonly customers: CustomersService,
    @Inject(EraseCustomer) private readonly eraser: EraseCustomer,
  ) {}

  @Post('search')
  @HttpCode(200)
  @Access('calls:read')
  @ApiOperation({ summary: 'The customer with a number, if a call with them is in your scope' })
  search(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<CustomerFound> {
    return this.customers.search(parseInput(SearchBody, body).number, { principal, scope, actor });
  }

  @Post('erase')
  @HttpCode(200)
  @Access('privacy:manage')
  @ApiOperation({ summary: 'Erase a number, also one no call is known of' })
  eraseNumber(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<ErasureResult> {
    const { number, reason } = parseInput(EraseNumberBody, body);
    return this.eraser.byNumber(number, reason, actor);
  }

  @Get(':id')
  @Access('calls:read')
  @ApiOperation({ summary: 'A customer, the number masked' })
  find(@Param('id') id: string, @CurrentScope() scope: Scope): Promise<CustomerView> {
    return this.customers.find(id, scope);
  }

  @Post(':id/reveal')
  @HttpCode(200)
  @Access('numbers:reveal')
  @ApiOperation({ summary: 'The full number; recorded in the audit log with the reason' })
  reveal(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<RevealedNumber> {
    return this.customers.reveal(id, parseInput(RevealBody, body).reason, { principal, scope, actor });
  }

  @Get(':id/erasure')
  @Access('privacy:manage')
  @ApiOperation({ summary: 'What erasing this customer takes away, and what stays' })
  preview(@Param('id') id: string): Promise<ErasurePreview> {
    return this.eraser.preview(id);
  }

  @Post(':id/erase')
  @HttpCode(200)
  @Access('privacy:manage')
  @ApiOperation({ summary: 'Erase a customer. Cannot be undone' })
  erase(@Param('id') id: string, @Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<ErasureResult> {
    return this.eraser.byId(id, parseInput(EraseBody, body).reason, actor);
  }
}

/** Agents as persons. */
@ApiTags('agents')
@ApiBearerAuth()
@Access('privacy:manage')
@Controller('api/v1/agents')
export class AgentErasureController {
  constructor(@Inject(EraseAgent) private readonly eraser: EraseAgent) {}

  @Get(':id/erasure')
  @ApiOperation({ summary: 'What erasing this agent takes away, and what stays' })
  preview(@Param('id') id: string): Promise<ErasurePreview> {
    return this.eraser.preview(idOf(id));
  }

  @Post(':id/erase')
  @HttpCode(200)
  @ApiOperation({ summary: 'Erase an agent as a person; calls and sums stay. Cannot be undone' })
  erase(@Param('id') id: string, @Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<ErasureResult> {
    return this.eraser.erase(idOf(id), parseInput(EraseBody, body).reason, actor);
  }
}
