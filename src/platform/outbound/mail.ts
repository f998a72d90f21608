/** Mail through one SMTP server, the one of the settings. */
import { createTransport, type Transporter } from 'nodemailer';
import { AppError } from '../errors/index.js';

const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 30_000;

export interface Mail {
  /** Stays the same when the same mail is sent again, so that a mailbox can tell. Without angle brackets. */
  messageId: string;
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  attachments: { fileName: string; mediaType: string; content: Buffer }[];
}

export class MailSender {
  private transport: Transporter | null = null;

  /** `url` null: no mail server is set up. @param from `Tallyboard <reports@example.com>` or an address */
  constructor(
    private readonly url: string | null,
    private readonly from: string | null,
  ) {}

  get isSetUp(): boolean {
    return this.url !== null && this.from !== null;
  }

  /**
   * Resolves when the server has taken it for every recipient. Throws `mail_not_set_up`, `mail_unreachable`, `mail_refused`,
   * and `mail_partly_refused` when some got it and others will not: sending again would repeat it to the former.
   */
  async send(mail: Mail): Promise<void> {
    if (this.url === null || this.from === null) throw new AppError('mail_not_set_up');
    this.transport ??= createTransport({
      url: this.url,
      connectionTimeout: CONNECT_WITHIN_MS,
      greetingTimeout: CONNECT_WITHIN_MS,
      socketTimeout: ANSWER_WITHIN_MS,
    });
    let rejected: number;
    try {
      const info: unknown = await this.transport.sendMail({
        messageId: `<${mail.messageId}>`,
        from: this.from,
        to: [...mail.to],
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        // Nothing is read from a path or fetched from an address, whatever a text looks like.
        disableFileAccess: true,
        disableUrlAccess: true,
        attachments: mail.attachments.map(({ fileName, mediaType, content }) => ({
          filename: fileName,
          contentType: mediaType,
          content,
        })),
      });
      rejected = rejectedOf(info);
    } catch (error) {
      throw mailError(error);
    }
    if (rejected > 0) throw new AppError('mail_partly_refused', { params: { count: rejected } });
  }

  close(): void {
    this.transport?.close();
    this.transport = null;
  }
}

function rejectedOf(info: unknown): number {
  const rejected = typeof info === 'object' && info !== null && 'rejected' in info ? info.rejected : [];
  return Array.isArray(rejected) ? rejected.length : 0;
}

/** The code only: what a mail server says may hold addresses. */
function mailError(error: unknown): AppError {
  const of = (key: string): unknown =>
    error instanceof Error ? (error as unknown as Record<string, unknown>)[key] : 0;
  const answered = of('responseCode');
  if (typeof answered === 'number' && answered >= 400) {
    return new AppError('mail_refused', { cause: error, params: { reason: answered } });
  }
  const code = of('code');
  return new AppError('mail_unreachable', {
    cause: error,
    params: { reason: typeof code === 'string' ? code : 'ERROR' },
  });
}
