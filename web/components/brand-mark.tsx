/** The product's mark; decorative, the name always stands beside it. */
export function BrandMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#3f52c8" />
      <g fill="none" stroke="#fff">
        <circle cx="16" cy="16" r="8.5" strokeWidth="2.5" />
        <path
          d="M7.5 16h17M16 7.5c5 5 5 12 0 17M16 7.5c-5 5-5 12 0 17"
          strokeWidth="1.8"
          opacity=".75"
        />
      </g>
    </svg>
  );
}
