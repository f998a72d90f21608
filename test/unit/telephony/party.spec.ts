// Proves: who is at the ends of a leg: agents' addresses verbatim, numbers as E.164, withheld numbers as nobody, and no
// phone number ever as an identity.
import { parseParty } from '../../../src/telephony/twilio/party.js';

const tel = (number: string) => ({ kind: 'tel', number });

describe('parseParty', () => {
  it.each([
    ['+8613812345678', tel('+8613812345678')],
    ['+441111111111', tel('+441111111111')],
    ['13812345678', tel('+8613812345678')],
    ['008613812345678', tel('+8613812345678')],
    ['+86 138-1234 (5678)', tel('+8613812345678')],
    ['tel:+86-138-1234-5678', tel('+8613812345678')],
    ['010 6552 9988', tel('+861065529988')],
    ['622180000041', tel('+622180000041')],
    ['10086', tel('10086')],
    ['+10086', tel('+10086')],
  ])('number %s', (raw, party) => expect(parseParty(raw, 'CN')).toEqual(party));

  it('reads a local form by the country', () => {
    expect(parseParty('07911 123456', 'GB')).toEqual(tel('+447911123456'));
    expect(parseParty('07911 123456', 'XX')).toEqual(tel('07911123456'));
  });

  it.each([
    'anonymous',
    'Anonymous',
    'RESTRICTED',
    'unknown',
    '+266696687',
    '+7378742833',
    '+86282452253',
    '266696687',
  ])('withheld: %s', (raw) => expect(parseParty(raw, 'CN')).toEqual({ kind: 'anonymous' }));

  it.each([
    ['client:li.na', { kind: 'client', identity: 'li.na' }],
    ['client:wang_40example_2Ecom', { kind: 'client', identity: 'wang_40example_2Ecom' }],
    ['client:a:b', { kind: 'client', identity: 'a:b' }],
    ['client:王伟', { kind: 'client', identity: '王伟' }],
    ['sip:zhang.min@floor.sip.twilio.com', { kind: 'sip', identity: 'zhang.min' }],
    ['sip:1001@10.0.0.1:5060;transport=tls', { kind: 'sip', identity: '1001' }],
    ['sips:a%40b@host', { kind: 'sip', identity: 'a@b' }],
    ['sip:anonymous@anonymous.invalid', { kind: 'anonymous' }],
    ['sip:+8613812345678@trunk.example.com', tel('+8613812345678')],
    ['sip:13812345678@trunk.example.com', tel('+8613812345678')],
    ['sip:010-65529988@trunk.example.com;user=phone', tel('+861065529988')],
    ['sip:host.example.com', { kind: 'none' }],
    ['client:', { kind: 'none' }],
    ['', { kind: 'none' }],
    ['sim:DE0123456789', { kind: 'none' }],
    ['conference:CF1', { kind: 'none' }],
    ['front desk', { kind: 'none' }],
    ['x'.repeat(300), { kind: 'none' }],
    ['9'.repeat(60), { kind: 'none' }],
  ])('address %s', (raw, party) => expect(parseParty(raw, 'CN')).toEqual(party));

  it('refuses an agent address that cannot be stored', () => {
    expect(parseParty('client:a\u0000b', 'CN')).toBeNull();
    expect(parseParty(`sip:${'x'.repeat(300)}@host`, 'CN')).toBeNull();
  });
});
