/** A file in figures; one that says nothing of a figure has no tile for it. */
export function ImportTotals({ figures }: { figures: readonly { id: string; name: string; value?: number | null }[] }) {
  return (
    <dl className="tiles">
      {figures.map(({ id, name, value }) =>
        value == null ? null : (
          <div key={id} className="tile" data-count={id}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
