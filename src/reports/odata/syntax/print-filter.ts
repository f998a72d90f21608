/** A tree back to text: reading it gives the same tree. Pure. */
import type { Expression } from './expression.js';
import { printLiteral } from './literals.js';

/** How tightly each binds; a looser one inside a tighter one is put in brackets. */
const STRENGTH = { or: 1, and: 2, eq: 3, ne: 3, gt: 4, ge: 4, lt: 4, le: 4 } as const;
const MEMBERSHIP = 5;
const UNARY = 6;

export function printFilter(expression: Expression): string {
  return print(expression, 0);
}

function print(expression: Expression, around: number): string {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression);
    case 'property':
      return expression.name;
    case 'call':
      return `${expression.name}(${expression.args.map((arg) => print(arg, 0)).join(',')})`;
    case 'not':
      return bracket(`not ${print(expression.of, UNARY)}`, UNARY, around);
    case 'in':
      return bracket(
        `${print(expression.left, UNARY)} in (${expression.list.map(printLiteral).join(',')})`,
        MEMBERSHIP,
        around,
      );
    case 'binary': {
      const own = STRENGTH[expression.operator];
      // Chains are read from the left.
      const text = `${print(expression.left, own)} ${expression.operator} ${print(expression.right, own + 1)}`;
      return bracket(text, own, around);
    }
  }
}

function bracket(text: string, own: number, around: number): string {
  return own < around ? `(${text})` : text;
}
