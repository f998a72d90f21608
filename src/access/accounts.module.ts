import { type FactoryProvider, Module } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database, KEYS, type Keys } from '../platform/index.js';
import { AccountService } from './account/account.service.js';
import { LinkService } from './links/link.service.js';
import { SecondFactorRepository } from './second-factor/second-factor.repository.js';
import { SecondFactorService } from './second-factor/second-factor.service.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import { UserRepository } from './users/user.repository.js';
import { UserService } from './users/user.service.js';

interface Ground {
  pool: Database['pool'];
  keys: Keys;
  audit: AuditLog;
  clock: Clock;
}

export type Accounts = ReturnType<typeof buildAccounts>;

/** The services of people, wired once: for the application, and for the command line beside it. */
export function buildAccounts({ pool, keys, audit, clock }: Ground) {
  const users = new UserRepository(pool);
  const factors = new SecondFactorRepository(pool);
  const sessions = new SessionService(pool, new SessionRepository(pool), audit, clock);
  const links = new LinkService(pool, sessions, audit, clock);
  const secondFactor = new SecondFactorService(pool, factors, keys, audit, clock);
  const signIns = new SignInService(users, sessions, secondFactor, audit, clock);
  const people = new UserService(pool, users, links, sessions, secondFactor, audit, clock);
  const accounts = new AccountService(pool, users, factors, secondFactor, sessions, signIns, links, audit, clock);
  return { users, sessions, links, secondFactor, signIns, people, accounts };
}

const ACCOUNTS = Symbol('ACCOUNTS');

const built: FactoryProvider<Accounts> = {
  provide: ACCOUNTS,
  inject: [DATABASE, KEYS, AUDIT, CLOCK],
  useFactory: ({ pool }: Database, keys: Keys, audit: AuditLog, clock: Clock) =>
    buildAccounts({ pool, keys, audit, clock }),
};

const parts = [
  { provide: SessionService, inject: [ACCOUNTS], useFactory: (accounts: Accounts) => accounts.sessions },
  { provide: SignInService, inject: [ACCOUNTS], useFactory: (accounts: Accounts) => accounts.signIns },
  { provide: LinkService, inject: [ACCOUNTS], useFactory: (accounts: Accounts) => accounts.links },
  { provide: UserService, inject: [ACCOUNTS], useFactory: (accounts: Accounts) => accounts.people },
  { provide: AccountService, inject: [ACCOUNTS], useFactory: (accounts: Accounts) => accounts.accounts },
];

/** Needs DATABASE, KEYS, AUDIT and CLOCK from a global module. */
@Module({ providers: [built, ...parts], exports: parts.map(({ provide }) => provide) })
export class AccountsModule {}
