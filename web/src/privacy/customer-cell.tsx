import { Link } from 'react-router';
import { RevealNumber } from './reveal-number.js';
import { useMayOpenCustomers } from './use-may-open-customers.js';

/** The masked number on a call's page: leads to the customer, and shows the number to those who may see it. */
export function CustomerCell({ id, text }: { id: string | null; text: string }) {
  const mayOpen = useMayOpenCustomers();
  if (id === null) return <>{text}</>;
  return (
    <span className="customer-cell">
      {mayOpen ? <Link to={`/settings/privacy/${id}`}>{text}</Link> : text} <RevealNumber customerId={id} />
    </span>
  );
}
