export function Kpis() {
  return null;
}
