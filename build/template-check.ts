/** What a template may not do is refused when it is compiled, with the place. */
import Handlebars from 'handlebars';
import { FORMAT_HELPERS, KNOWN_HELPERS } from '../src/core/template.ts';

export const PRECOMPILE_OPTIONS: PrecompileOptions & { explicitPartialContext: boolean } = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(KNOWN_HELPERS.map((name) => [name, true])) as unknown as KnownHelpers,
  explicitPartialContext: true,
};

/** @throws for a bare value, an unknown helper, a partial, or a triple stash */
export function checkTemplate(file: string, text: string): void {
  const refuse = (node: hbs.AST.Node, why: string): never => {
    throw new Error(`${file}:${node.loc.start.line}: ${why}`);
  };
  // The compiler lets its own helpers pass, which are not there when the template runs.
  const checkArguments = (params: readonly hbs.AST.Expression[]): void => {
    for (const param of params.filter((candidate) => candidate.type === 'SubExpression')) {
      const { path, params: inner } = param as hbs.AST.SubExpression;
      if (path.original !== 'is') refuse(param, `(${path.original}) is no question; there is (is value "word")`);
      checkArguments(inner);
    }
  };
  const visit = (program: hbs.AST.Program): void => {
    for (const statement of program.body) {
      if (statement.type === 'MustacheStatement') {
        const mustache = statement as hbs.AST.MustacheStatement;
        const name = (mustache.path as hbs.AST.PathExpression).original;
        if (!FORMAT_HELPERS.includes(name) || mustache.params.length === 0) {
          refuse(statement, `{{${name}}} needs a format helper: ${FORMAT_HELPERS.join(', ')}`);
        }
        if (!mustache.escaped) refuse(statement, 'a triple stash is not part of the template language');
        checkArguments(mustache.params);
      } else if (statement.type === 'BlockStatement') {
        const block = statement as hbs.AST.BlockStatement;
        const name = block.path.original;
        if (!['if', 'unless', 'each'].includes(name)) refuse(statement, `{{#${name}}} is no block`);
        checkArguments(block.params);
        visit(block.program);
        if (block.inverse) visit(block.inverse);
      } else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
        refuse(statement, `${statement.type} is not part of the template language`);
      }
    }
  };
  visit(Handlebars.parse(text));
}
