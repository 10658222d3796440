type LockedPackage = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
export type Lockfile = { packages: Record<string, LockedPackage> };

/** Optional dependencies that a lockfile names but does not lock. `npm ci` refuses a lockfile that has any. */
export function missingFromLock({
  packages,
}: Lockfile): Array<{ name: string; version: string; dev: boolean }> {
  return Object.entries(packages).flatMap(([place, locked]) =>
    Object.entries(locked.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, place, name))
      .map(([name, range]) => ({
        name,
        version: range.replace(/^[\^~]/, ''),
        dev: locked.dev ?? false,
      })),
  );
}

/** Looks where Node would: beside the package, then in every folder above it. */
function isLocked(packages: Lockfile['packages'], from: string, name: string): boolean {
  for (
    let place = from;
    ;
    place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))
  ) {
    if (packages[`${place ? `${place}/` : ''}node_modules/${name}`]) return true;
    if (place === '' || !place.includes('node_modules')) return false;
    if (!place.includes('/node_modules/')) return Boolean(packages[`node_modules/${name}`]);
  }
}
