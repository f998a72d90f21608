export { isPublicAddress } from './addresses.js';
export { type Mail, MailSender } from './mail.js';
export { Outbound, type OutboundOptions, type OutboundReply, type Resolve, type ResolvedAddress } from './outbound.js';
