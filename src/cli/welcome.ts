import type { Config } from '../platform/index.js';
import { webhookUrls } from '../telephony/index.js';

interface Facts {
  /** Where people reach it; null without the api role. */
  url: string | null;
  administrator: { email: string; generatedPassword?: string };
  seconds: number;
  chinese: boolean;
}

/** What a start prints when everything is up. */
export function welcome(
  config: Pick<Config, 'demo' | 'orgTimeZone' | 'publicUrl' | 'twilioAuthTokens'>,
  facts: Facts,
): string {
  const say = (en: string, zh: string) => (facts.chinese ? zh : en);
  const lines = [
    '',
    say(
      `  Tallyboard is up after ${facts.seconds.toFixed(1)} s${config.demo ? ', with a simulated floor' : ''}.`,
      `  Tallyboard 已启动，用时 ${facts.seconds.toFixed(1)} 秒${config.demo ? '（演示数据）' : ''}。`,
    ),
    ...(config.demo
      ? [
          say(
            `  The floor's clock is that of ${config.orgTimeZone}; ORG_TIME_ZONE chooses another at the first start.`,
            `  演示现场采用 ${config.orgTimeZone} 时间；首次启动时可用 ORG_TIME_ZONE 指定其他时区。`,
          ),
        ]
      : []),
    '',
  ];
  if (facts.url === null) return lines.join('\n');
  lines.push(
    `  ${say('Open     ', '打开     ')} ${facts.url}`,
    `  ${say('Wallboard', '大屏     ')} ${facts.url}/wall/default`,
    `  ${say('Sign in  ', '登录     ')} ${facts.administrator.email}`,
  );
  const { generatedPassword } = facts.administrator;
  if (generatedPassword !== undefined) {
    lines.push(
      `  ${say('Password ', '密码     ')} ${generatedPassword}   ${config.demo ? '' : say('(shown this once; write it down)', '（仅显示这一次，请记下）')}`,
    );
  }
  lines.push(
    '',
    `  ${say('Twilio status callback (paste into your calls):', 'Twilio 状态回调地址：')}`,
    `    ${webhookUrls(config.publicUrl ?? facts.url).voice}`,
  );
  if (config.twilioAuthTokens.length === 0) {
    lines.push(
      `  ${say('Set TWILIO_AUTH_TOKEN before pointing Twilio here: unsigned requests are refused.', '请先设置 TWILIO_AUTH_TOKEN：未签名的请求会被拒绝。')}`,
    );
  }
  if (config.publicUrl === null && !config.demo) {
    lines.push(
      `  ${say('Set PUBLIC_URL to the address under which Twilio reaches this machine.', '请将 PUBLIC_URL 设为 Twilio 可访问本机的地址。')}`,
    );
  }
  lines.push('', `  ${say('Ctrl-C stops everything.', '按 Ctrl-C 停止。')}`, '');
  return lines.join('\n');
}
