export function DeskShell() {
  return null;
}
export function BarePage() {
  return null;
}
