/**
 * $filter as OData 4.01 ABNF has it, read by recursive descent. Throws `OdataError` and nothing else, whatever the text:
 * its length and its depth are limited. Why a parser of ours: docs/bi.md, "How the feed reads a query". Pure.
 */
import {
  type BinaryOperator,
  EQUALITIES,
  type Expression,
  FUNCTIONS,
  type FunctionName,
  type Literal,
  NOT_ANSWERED,
  RELATIONS,
} from './expression.js';
import { isPossible, literalAt } from './literals.js';
import { OdataError } from './odata-error.js';

export const FILTER_LENGTH_MAX = 8_000;
export const FILTER_DEPTH_MAX = 50;
const OPTION = '$filter';
const WORD = /[\p{L}_][\p{L}\p{Nd}_]*/uy;

export function parseFilter(text: string): Expression {
  if (text.length > FILTER_LENGTH_MAX) {
    throw new OdataError('odata_too_complex', null, {
      field: OPTION,
      params: { option: OPTION, length: FILTER_LENGTH_MAX, depth: FILTER_DEPTH_MAX },
    });
  }
  return new Parser(text).whole();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  whole(): Expression {
    const found = this.either();
    this.blanks();
    if (this.at < this.text.length) this.afterOperand();
    return found;
  }

  private either(): Expression {
    return this.deeper(() => this.chain(['or'], () => this.chain(['and'], () => this.equality())));
  }

  private equality(): Expression {
    return this.chain(EQUALITIES, () => this.chain(RELATIONS, () => this.membership()));
  }

  private chain(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (let found = this.operator(operators); found !== null; found = this.operator(operators)) {
      left = { kind: 'binary', operator: found.operator, left, right: operand(), at: found.at };
    }
    return left;
  }

  /** The next word where it is one of these; what is not stays unread. */
  private operator<T extends string>(words: readonly T[]): { operator: T; at: number } | null {
    const start = this.at;
    this.blanks();
    const at = this.at;
    const word = this.word();
    const operator = words.find((one) => one === word);
    // Between words there is a blank; after a bracket there may be none.
    if (operator !== undefined && (at > start || /[)']/.test(this.text[start - 1] ?? ''))) return { operator, at };
    this.at = start;
    return null;
  }

  private membership(): Expression {
    const left = this.unary();
    const found = this.operator(['in']);
    return found === null ? left : { kind: 'in', left, list: this.list(), at: found.at };
  }

  private list(): Literal[] {
    const list: Literal[] = [];
    this.expect('(');
    do {
      this.blanks();
      list.push(this.literal() ?? this.refuse('a value'));
      this.blanks();
    } while (this.take(','));
    this.expect(')');
    return list;
  }

  private unary(): Expression {
    this.blanks();
    const at = this.at;
    const word = this.peekWord();
    if (word !== 'not') return this.primary();
    this.at += word.length;
    return this.deeper(() => ({ kind: 'not', of: this.unary(), at }));
  }

  private primary(): Expression {
    if (this.take('(')) {
      const inner = this.either();
      this.expect(')');
      return inner;
    }
    const literal = this.literal();
    if (literal !== null) return literal;
    const at = this.at;
    const name = this.word();
    if (name === '') return this.refuse('a property, a value or a function');
    if (this.text[this.at] === '(') return this.call(name, at);
    if (this.text[this.at] === '/') throw notAnswered(`${name}/…`, at);
    return { kind: 'property', name, at };
  }

  private call(name: string, at: number): Expression {
    if (!isFunction(name)) {
      if (NOT_ANSWERED.has(name)) throw notAnswered(name, at);
      throw new OdataError('odata_function_unknown', at, { field: OPTION, params: { name: name.slice(0, 60) } });
    }
    const args: Expression[] = [];
    this.expect('(');
    do {
      args.push(this.either());
      this.blanks();
    } while (this.take(','));
    this.expect(')');
    if (args.length !== FUNCTIONS[name]) {
      throw new OdataError('odata_function_arguments', at, { field: OPTION, params: { name, count: FUNCTIONS[name] } });
    }
    return { kind: 'call', name, args, at };
  }

  private literal(): Literal | null {
    const found = literalAt(this.text, this.at);
    if (found === null) return null;
    if (!isPossible(found.literal)) {
      throw new OdataError('odata_literal_invalid', this.at, {
        field: OPTION,
        params: { type: found.literal.type, option: OPTION },
      });
    }
    this.at = found.end;
    return found.literal;
  }

  private afterOperand(): never {
    const word = this.peekWord();
    if (NOT_ANSWERED.has(word)) throw notAnswered(word, this.at);
    return this.refuse('an operator or the end');
  }

  private deeper<T>(read: () => T): T {
    if (this.depth >= FILTER_DEPTH_MAX) {
      throw new OdataError('odata_too_complex', this.at, {
        field: OPTION,
        params: { option: OPTION, length: FILTER_LENGTH_MAX, depth: FILTER_DEPTH_MAX },
      });
    }
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  private blanks(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++;
  }

  private peekWord(): string {
    WORD.lastIndex = this.at;
    return WORD.exec(this.text)?.[0] ?? '';
  }

  private word(): string {
    const word = this.peekWord();
    this.at += word.length;
    return word;
  }

  private take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    this.blanks();
    if (!this.take(sign)) this.at < this.text.length && sign !== '(' ? this.afterOperand() : this.refuse(`"${sign}"`);
  }

  private refuse(expected: string): never {
    throw new OdataError('odata_syntax', this.at, { field: OPTION, params: { option: OPTION, expected } });
  }
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

function notAnswered(what: string, at: number): OdataError {
  return new OdataError('odata_not_supported', at, { field: OPTION, params: { what: what.slice(0, 60) } });
}
