import { createContext, type PropsWithChildren, useContext } from 'react';
import { Link } from 'react-router';

/** Whether figures lead to their calls: not on a TV, which nobody touches, and not while a board is being arranged. */
export const DrillContext = createContext(true);

interface Props extends PropsWithChildren {
  /** Null: there is nothing to open. */
  to: string | null;
  className?: string;
  title?: string;
}

export function DrillLink({ to, className, title, children }: Props) {
  const leads = useContext(DrillContext);
  if (leads && to !== null) {
    return (
      <Link to={to} className={className} title={title}>
        {children}
      </Link>
    );
  }
  return <span className={className ? `drill ${className}` : 'drill'}>{children}</span>;
}
