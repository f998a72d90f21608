/** A browser of somebody at the API: keeps the session cookie, sends the header of our own page. */
export interface Answer<T = unknown> {
  status: number;
  body: T;
  code: string | undefined;
  field: string | undefined;
  headers: Headers;
}

export class Person {
  cookie = '';

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        'x-tallyboard': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...this.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie().find((cookie) => /^(__Host-)?tallyboard=[\w-]/.test(cookie));
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    const parsed = text === '' ? null : JSON.parse(text);
    return {
      status: response.status,
      body: parsed as T,
      code: parsed?.error?.code,
      field: parsed?.error?.field,
      headers: response.headers,
    };
  }

  signIn(email: string, password: string, totp?: string): Promise<Answer> {
    return this.call('POST', '/session', { email, password, ...(totp === undefined ? {} : { totp }) });
  }

  /** Whether the session still lets somebody in. */
  async isIn(): Promise<boolean> {
    return (await this.call('GET', '/session')).status === 200;
  }
}

/** Good enough for the rules, and different for each name. */
export const passwordOf = (name: string): string => `${name} walks 7 otters uphill`;
