/** What will appear here, and how to make it appear. */
export function EmptyState({ what, how }: { what: string; how: string | null }) {
  return (
    <div className="empty small">
      <p>{what}</p>
      {how && <p className="muted">{how}</p>}
    </div>
  );
}
