import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { FORMAT_HELPERS, KNOWN_HELPERS } from '../src/core/template.ts';
import { checkTemplate, PRECOMPILE_OPTIONS } from './template-check.ts';

/** As the build does: the check, then the compiler, which knows no other helpers. */
function build(text: string): void {
  checkTemplate('x.hbs', text);
  Handlebars.precompile(text, PRECOMPILE_OPTIONS);
}

describe('a template may hold', () => {
  test.each([
    'plain text } and }} and $ and {',
    '{{py project.name}}',
    '{{code own.migration.a1.id}}',
    '{{#if option.x}}a{{else if option.y}}b{{else}}c{{/if}}',
    '{{#unless option.x}}a{{/unless}}',
    '{{#each plan.route}}{{code name}}{{#unless @last}}, {{/unless}}{{/each}}',
    '{{#if (is option.x "a" "b")}}x{{/if}}',
    '{{! a note }}{{!-- another --}}',
    '\\{{ not a tag }}',
    '{{~py project.name~}}',
    '{{secret name secret}}',
  ])('%s', (text) => {
    expect(() => build(text)).not.toThrow();
  });
});

describe('a template may not hold', () => {
  test.each([
    ['a bare value', 'a\n{{project.name}}', /x\.hbs:2: \{\{project\.name\}\} needs a format helper/],
    ['a bare value in a block', '{{#if a}}\n{{b}}{{/if}}', /x\.hbs:2/],
    ['a bare value in an else', '{{#if a}}{{else}}\n\n{{b}}{{/if}}', /x\.hbs:3/],
    ['a bare value in a list', '{{#each a}}{{this}}{{/each}}', /needs a format helper/],
    ['a helper without a value', '{{py}}', /needs a format helper/],
    ['a value in the place of a format', '{{is a "b"}}', /needs a format helper/],
    ['a triple stash', '{{{py project.name}}}', /is not part of the template language|triple/],
    ['an unescaped value', '{{&py project.name}}', /is not part of the template language|triple/],
    ['a partial', '{{> other}}', /PartialStatement is not part/],
    ['a block partial', '{{#> other}}x{{/other}}', /PartialBlockStatement is not part/],
    ['a decorator', '{{* other}}', /Decorator is not part/],
    ['a decorator block', '{{#* inline "a"}}x{{/inline}}', /DecoratorBlock is not part/],
    ['a raw block', '{{{{raw}}}} {{a}} {{{{/raw}}}}', /\{\{#raw\}\} is no block/],
    ['another block', '{{#with a}}x{{/with}}', /\{\{#with\}\} is no block/],
    ['a block of a format', '{{#py a}}x{{/py}}', /\{\{#py\}\} is no block/],
    ['a lookup', '{{py (lookup a b)}}', /lookup/],
    ['a log', '{{py (log a)}}', /log/],
    ['an unclosed block', '{{#if a}}x', /Parse error/],
  ])('%s', (_, text, message) => {
    expect(() => build(text)).toThrow(message);
  });
});

test('every helper is known to the compiler, and every format is a helper', () => {
  expect(KNOWN_HELPERS).toEqual(expect.arrayContaining([...FORMAT_HELPERS]));
  expect(new Set(KNOWN_HELPERS).size).toBe(KNOWN_HELPERS.length);
});
