/** How full something is: settled, held, and the limit. More than the limit fills the bar and says so by colour. */
export function Meter(
  { used, reserved = 0, limit, label }: { used: number; reserved?: number; limit: number; label: string },
): JSX.Element {
  const share = (part: number): number => (limit > 0 ? Math.min(100, (100 * part) / limit) : part > 0 ? 100 : 0);
  const full = limit > 0 ? (used + reserved) / limit : used + reserved > 0 ? 1 : 0;
  const look = full >= 1 ? "over" : full >= 0.8 ? "near" : "calm";
  return (
    <div
      className={`meter meter-${look}`} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(1, full) * 100)} aria-valuetext={label} title={label}
    >
      <i style={{ width: `${share(used)}%` }} />
      <i className="meter-held" style={{ width: `${Math.min(share(reserved), 100 - share(used))}%` }} />
    </div>
  );
}
