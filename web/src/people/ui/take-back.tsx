import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  label: string;
  /** What will happen, asked before it does. */
  ask: string;
  /** Says which one to those who cannot see the row. */
  of: string;
  onConfirm: () => Promise<void>;
  size?: 'small' | 'middle';
}

/** A small button that removes something, after asking. */
export function TakeBack({ label, ask, of, onConfirm, size = 'small' }: Props) {
  const { t } = useTranslation();
  return (
    <Popconfirm
      title={<div className="ask">{ask}</div>}
      okText={label}
      cancelText={t('people.cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={onConfirm}
    >
      <Button size={size} aria-label={`${label}: ${of}`}>
        {label}
      </Button>
    </Popconfirm>
  );
}
