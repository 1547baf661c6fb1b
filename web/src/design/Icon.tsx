/** Line icons on a 16-unit grid, drawn here; they take the text's colour. */
const paths = {
  overview: "M2 13.5h12M4 11V7.5M8 11V3.5M12 11V6",
  requests: "M2.5 4h11M2.5 8h11M2.5 12h7",
  keys: "M10.2 5.8m-3.3 0a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0-6.6 0M7.8 8.2L2.5 13.5M4 12l1.8 1.8",
  models: "M8 1.8l5.5 3.1v6.2L8 14.2l-5.5-3.1V4.9zM2.5 4.9L8 8l5.5-3.1M8 8v6.2",
  routes: "M2.5 8h3.5M6 8c3 0 2.5-4.5 5.5-4.5h2M6 8c3 0 2.5 4.5 5.5 4.5h2M12 2l1.5 1.5L12 5M12 11l1.5 1.5L12 14",
  providers: "M2 8h3l1.5-4.5L9 12.5 11 8h3",
  budgets: "M2 4.5h12v8H2zM2 7h12M4.5 10h3",
  cache: "M13.5 4c0 1.200-2.5 2.200-5.5 2.200S2.5 5.200 2.5 4 5 1.800 8 1.800s5.5 1 5.5 2.200zM2.5 4v8c0 1.200 2.5 2.200 5.5 2.200s5.5-1 5.5-2.200V4M2.5 8c0 1.200 2.5 2.200 5.5 2.200s5.5-1 5.5-2.200",
  whatif: "M3 13V3M3 5c6 0 4 6 10 6M13 11l-2-2M13 11l-2 2M3 5h6",
  search: "M7 7m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M10.3 10.3L14 14",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  copy: "M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3",
  check: "M2.5 8.5l3.5 3.5 7.5-8",
  pause: "M5 3v10M11 3v10",
  play: "M4.5 2.8v10.4L13 8z",
  up: "M3 10.5L8 5.5l5 5",
  down: "M3 5.5l5 5 5-5",
  left: "M10.5 3L5.5 8l5 5",
  right: "M5.5 3l5 5-5 5",
  plus: "M8 3v10M3 8h10",
  moon: "M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z",
  sun: "M8 8m-2.8 0a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8L13 13M13 3l-1.2 1.2M4.2 11.8L3 13",
  system: "M2 3h12v8H2zM6 13.5h4",
  keyboard: "M1.5 4h13v8h-13zM4 6.5h.01M6.6 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6",
  leave: "M9.5 2.5h-7v11h7M6 8h8.5M11.5 5l3 3-3 3",
  warning: "M8 2L1.5 13.5h13zM8 6.5v3.2M8 11.6v.1",
  tool: "M9.6 4.2a3.2 3.2 0 0 1 4-1l-2 2 .3 1.2 1.2.3 1.4-1.6a3.2 3.2 0 0 1-4.4 3.4l-5 5.2-1.9-1.9 5.3-4.9a3.2 3.2 0 0 1 1.1-2.7z",
  image: "M2 3h12v10H2zM2 11l3.5-3.5L9 11l2.2-2.2L14 11.5M10.5 6h.01",
  thought: "M8 2.5c3.3 0 6 2 6 4.6s-2.7 4.6-6 4.6c-.8 0-1.5-.1-2.2-.3L3 13.5l.6-3A4.2 4.2 0 0 1 2 7.1C2 4.5 4.7 2.5 8 2.5z",
  external: "M6 3H3v10h10v-3M9 2.5h4.5V7M13.5 2.5L7.5 8.5",
};

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** The product's mark: a signal with two aspects. */
export function Mark({ size = 22 }: { size?: number }): JSX.Element {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark-post" width="32" height="32" rx="8" />
      <circle className="mark-caution" cx="16" cy="10" r="4.5" />
      <circle className="mark-clear" cx="16" cy="22" r="4.5" />
    </svg>
  );
}
