// Proves: a form body decodes to what WHATWG `URLSearchParams` gives, and every limit and malformed body is an answer.
import fc from 'fast-check';
import { FORM_LIMITS, parseForm } from '../../../src/telephony/index.js';

const isUnicode = (text: string) => Buffer.from(text).toString() === text;
const TYPE = 'application/x-www-form-urlencoded';
const parse = (text: string, type: string | undefined = TYPE) => parseForm(Buffer.from(text), type);

describe('parseForm', () => {
  it('equals URLSearchParams for any body that is UTF-8', () => {
    const piece = fc.oneof(
      fc.constantFrom('&', '=', '+', '%', '%2B', '%C3%A3', '%zz', '%2', 'foo[bar]', '?', ';', '%00', '😀', '\uFEFF'),
      fc.string({ unit: 'binary', maxLength: 5 }).filter(isUnicode),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const body = pieces.join('');
        // Escaped first, because Node 20 garbles a raw character beside a malformed escape; and `&` in front because
        // the constructor drops one leading `?`, which is part of the name in a body.
        const expected = [...new URLSearchParams(`&${body.replace(/[^\x20-\x7e]+/g, encodeURIComponent)}`)];
        const broken = expected.some((pair) => pair.some((text) => text.includes('\uFFFD')));
        const parsed = parse(body);
        if (broken && !body.includes('\uFFFD')) expect(parsed).toMatchObject({ ok: false, code: 'body_not_utf8' });
        else if (!broken) expect(parsed).toEqual({ ok: true, params: expected });
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps order, repetitions, empty values and bare keys, and decodes both spellings of a space', () => {
    expect(parse('b=1&a=2&b=1&ForwardedFrom&City=S%C3%A3o%20Paulo&Name=NEW+YORK&E=')).toEqual({
      ok: true,
      params: [
        ['b', '1'],
        ['a', '2'],
        ['b', '1'],
        ['ForwardedFrom', ''],
        ['City', 'São Paulo'],
        ['Name', 'NEW YORK'],
        ['E', ''],
      ],
    });
  });

  it('says what is wrong with a body it refuses', () => {
    const many = Array.from({ length: FORM_LIMITS.fieldsMax + 1 }, (_, i) => `f${i}=1`).join('&');
    expect(parse(many)).toEqual({ ok: false, code: 'too_many_fields' });
    expect(parse('x'.repeat(FORM_LIMITS.bodyBytesMax + 1))).toEqual({ ok: false, code: 'body_too_large' });
    expect(parse(`${'n'.repeat(257)}=1`)).toMatchObject({ ok: false, code: 'field_name_too_long' });
    expect(parse(`To=${'v'.repeat(8193)}`)).toEqual({ ok: false, code: 'field_value_too_long', field: 'To' });
    expect(parse('To=%FF')).toEqual({ ok: false, code: 'body_not_utf8', field: 'To' });
    expect(parse('To=%ED%A0%80')).toEqual({ ok: false, code: 'body_not_utf8', field: 'To' });
    expect(parseForm(Buffer.from([0x61, 0x3d, 0xff]), TYPE)).toEqual({ ok: false, code: 'body_not_utf8' });
  });

  it('accepts the form content type only, with or without a UTF-8 charset', () => {
    for (const type of [`${TYPE}; charset=UTF-8`, 'Application/X-WWW-Form-URLencoded', `${TYPE};charset="utf-8"`]) {
      expect(parse('a=1', type)).toMatchObject({ ok: true });
    }
    for (const type of ['application/json', 'multipart/form-data; boundary=x', '', `${TYPE}; charset=gbk`]) {
      expect(parse('a=1', type)).toEqual({ ok: false, code: 'content_type_unsupported' });
    }
    expect(parseForm(Buffer.from('a=1'), undefined)).toEqual({ ok: false, code: 'content_type_unsupported' });
  });
});
